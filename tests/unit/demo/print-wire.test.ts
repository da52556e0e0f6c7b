import { describe, expect, it } from "vitest";
import { element, emptyLeaf, entry, leaf, stringEntry } from "@/lib/demo/engine/node";
import { printJson } from "@/lib/demo/engine/print-json";
import { printXml } from "@/lib/demo/engine/print-xml";

const json = (node: Parameters<typeof printJson>[0]) => {
  const printed = printJson(node);
  return printed.kind === "printed" ? JSON.parse(printed.body) : printed.kind;
};

describe("the engine's XML", () => {
  it("tells an empty value from an absent one", () => {
    expect(printXml(element("user", [leaf("phone", ""), emptyLeaf("null")]))).toBe(
      "<user>\n  <phone></phone>\n  <null/>\n</user>",
    );
  });

  it("writes segment ends and control characters as references", () => {
    expect(printXml(leaf("content", "MSH|a\rPID|\u0001'x'\n"))).toBe(
      "<content>MSH|a&#xd;PID|&#x1;&apos;x&apos;\n</content>",
    );
  });
});

describe("the engine's JSON", () => {
  it("turns a list of one into an object and an empty list into null", () => {
    const item = element("alert", [leaf("id", "a")]);
    expect(json(element("list", [item]))).toEqual({ list: { alert: { id: "a" } } });
    expect(json(element("list", []))).toEqual({ list: null });
    expect(json(element("list", [item, item]))).toEqual({ list: { alert: [{ id: "a" }, { id: "a" }] } });
  });

  it("merges key and value of one type, and turns texts that look like numbers into numbers", () => {
    expect(json(element("map", [stringEntry("isRunning", "false")]))).toEqual({
      map: { entry: { string: ["isRunning", false] } },
    });
    expect(json(element("map", [stringEntry("MRN", undefined)]))).toEqual({
      map: { entry: { string: "MRN", null: null } },
    });
    expect(json(entry(leaf("string", "n"), leaf("string", "0015")))).toEqual({
      entry: { string: ["n", "0015"] },
    });
  });

  it("cannot be written at all once a control character is anywhere in it", () => {
    expect(json(element("list", [leaf("content", "a\u001bb")]))).toBe("control_character");
    expect(json(element("list", [leaf("content", "a\r\n\tb")]))).toEqual({ list: { content: "a\r\n\tb" } });
  });
});

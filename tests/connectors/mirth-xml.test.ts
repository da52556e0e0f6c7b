import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  child,
  childText,
  mapEntries,
  parseXml,
  printXml,
  withoutElements,
} from "@/lib/connectors/mirth/xml";

describe("XML of the engine", () => {
  test("control characters, as references or as such, become U+FFFD and nothing else is lost", () => {
    expect(parseXml("<a>x&#x1;y&#27;z\u0001</a>").text).toBe("x\uFFFDy\uFFFDz\uFFFD");
    expect(parseXml("<a>x&#xd;y&#9;z</a>").text).toBe("x\ry\tz");
  });

  test("references are decoded once: an escaped reference stays text", () => {
    expect(parseXml("<a>&amp;lt;b&amp;gt; &lt;c&gt;</a>").text).toBe("&lt;b&gt; <c>");
  });

  test("characters beyond the basic plane survive", () => {
    expect(parseXml("<a>&#x1F600;😀</a>").text).toBe("😀😀");
  });

  test("maps are read by position, because key and value share a type name", () => {
    const map = parseXml(
      "<m><entry><string>k</string><string>v</string></entry><entry><string>n</string><null/></entry></m>",
    );
    expect(mapEntries(map).map(([key, value]) => [key, value.name, value.text])).toEqual([
      ["k", "string", "v"],
      ["n", "null", ""],
    ]);
  });

  test("a list of none and a list of one are lists", () => {
    expect(parseXml("<list/>").children).toEqual([]);
    expect(parseXml("<list><x>1</x></list>").children.map(({ text }) => text)).toEqual(["1"]);
  });

  test.each([
    ["a document type", '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
    ["an answer that is cut off", "<list><message><messageId>1</messageId></message>"],
    ["text", "Not found"],
    ["nothing", ""],
    ["two elements", "<a/><b/>"],
  ])("refuses %s", (_, body) => {
    expect(() => parseXml(body)).toThrow(expect.objectContaining({ code: "source_protocol" }));
  });

  test("an error quotes nothing of the answer", () => {
    try {
      parseXml("<a><b>DOE^JOHN</a>x");
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain("DOE");
    }
  });

  test("what is printed is read back the same", () => {
    const text = fc.string({ unit: "grapheme" }).filter((value) => value.trim() !== "");
    fc.assert(
      fc.property(text, text, (one, two) => {
        const element = {
          name: "list",
          text: "",
          children: [
            { name: "a", text: one.replace(/[^\t\n\r -\ud7ff]/g, "?"), children: [] },
            { name: "b", text: two.replace(/[^\t\n\r -\ud7ff]/g, "?"), children: [] },
          ],
        };
        expect(parseXml(printXml(element))).toEqual(element);
      }),
    );
  });

  test("left out elements leave their neighbours", () => {
    const body = "<r>\n  <gone>\n    <content/>\n  </gone>\n  <kept>1</kept>\n  <gone>2</gone>\n</r>";
    const root = parseXml(withoutElements(body, ["gone"]));
    expect(childText(root, "kept")).toBe("1");
    expect(child(root, "gone")).toBeUndefined();
  });
});

import { expect, test } from "vitest";
import { readXml } from "@/lib/core/formats/xml/read-xml";

const limits = { maxLength: 10_000, maxDepth: 10, maxNodes: 100 };

function problemOf(text: string) {
  const result = readXml(text, limits);
  return result.kind === "refused" ? result.problem : "read";
}

test("elements, attributes and text are read, decoded and without prefixes", () => {
  const result = readXml(
    `<?xml version="1.0"?><!-- x --><n:a xmlns:n="urn:x" n:b='1 &amp; 2'><c>t&#233;xt <![CDATA[<raw>]]></c><d/></n:a> rest`,
    limits,
  );
  expect(result).toMatchObject({
    kind: "read",
    root: {
      name: "a",
      text: "",
      children: [
        { name: "c", text: "téxt <raw>" },
        { name: "d", text: "" },
      ],
    },
  });
  expect(result.kind === "read" && [...result.root.attributes]).toEqual([["b", "1 & 2"]]);
});

test.each([
  ["a document type", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document_type"],
  ["a document type within", "<a><!DOCTYPE b></a>", "document_type"],
  ["an entity", '<!ENTITY b "&a;&a;"><a/>', "document_type"],
  ["an end of another name", "<a><b></a></b>", "not_well_formed"],
  ["no end", "<a><b></b>", "cut_off"],
  ["an end within a tag", '<a b="c', "cut_off"],
  ["text before it", "text <a/>", "not_well_formed"],
  ["an attribute without a value", "<a b></a>", "not_well_formed"],
  ["too much depth", "<a>".repeat(11), "too_deep"],
  ["too many elements", `<a>${"<b/>".repeat(100)}</a>`, "too_many_nodes"],
  ["too many characters", `<a>${"x".repeat(10_000)}</a>`, "too_long"],
  ["nothing", "", "cut_off"],
])("%s is refused", (_, text, problem) => {
  expect(problemOf(text)).toBe(problem);
});

test("an entity that is none of the five stays as it is written", () => {
  const result = readXml("<a>&xxe;&lt;&#0;</a>", limits);
  expect(result.kind === "read" && result.root.text).toBe("&xxe;<\uFFFD");
});

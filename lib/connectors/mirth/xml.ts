import { XMLParser } from "fast-xml-parser";
import { AppError } from "@/lib/core/errors";

/** One element. `text` is its own text, decoded; empty where it has child elements. Children keep their order. */
export type XmlElement = {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
};

/** Answers longer than this are not parsed. In characters. */
export const MAX_XML_LENGTH = 64 * 1024 * 1024;

/**
 * Parses an answer of the engine. Characters that XML 1.0 forbids, as such or as a reference, become U+FFFD: HL7 carries
 * them and the engine writes `&#x1;`, which is not well-formed. Document types and entities are refused.
 * @throws AppError source_protocol with info.kind `not_xml`
 */
export function parseXml(body: string): XmlElement {
  const text = body.replace(/^\uFEFF/, "").trim();
  if (text.length > MAX_XML_LENGTH) throw notXml("too long");
  if (!text.startsWith("<")) throw notXml("does not begin with an element");
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw notXml("declares a document type");
  const [root, ...more] = toElements(parseOrdered(text.replace(FORBIDDEN_CHARACTER, "\uFFFD")));
  if (root === undefined || more.length > 0) throw notXml("does not hold exactly one element");
  // The parser does not mind a missing end: an answer cut off would pass for a shorter one.
  if (!text.endsWith(`</${root.name}>`) && !/\/>$/.test(text)) throw notXml("is cut off");
  return root;
}

/**
 * The answer without these elements and without blanks between elements. Parsing takes time by the number of nodes, and
 * in lists of rows more than half of them say nothing. The elements must not hold one of their own name.
 */
export function withoutElements(body: string, names: readonly string[]): string {
  const element = new RegExp(`<(${names.join("|")})>[^]*?</\\1>`, "g");
  return body.replace(element, "").replace(/>\s+</g, "><");
}

/** The first child with this name. */
export function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((element) => element.name === name);
}

/** Text of the first child with this name; undefined where there is none or it has children, as `<null/>`. */
export function childText(parent: XmlElement | undefined, name: string): string | undefined {
  const found = child(parent, name);
  return found === undefined || found.children.length > 0 ? undefined : found.text;
}

/** Key and value of each `<entry>` of a Java map, by position: their element names are types, and often the same. */
export function mapEntries(map: XmlElement | undefined): readonly (readonly [string, XmlElement])[] {
  return (map?.children ?? []).flatMap((entry) => {
    const [key, value] = entry.children;
    const isWhole = entry.name === "entry" && key !== undefined && value !== undefined;
    return isWhole ? [[key.text, value] as const] : [];
  });
}

/** Writes an element back, without blanks. */
export function printXml({ name, text, children }: XmlElement): string {
  const inner = children.length > 0 ? children.map(printXml).join("") : text.replace(/[&<>\r]/g, escaped);
  return `<${name}>${inner}</${name}>`;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: false,
  parseTagValue: false,
  trimValues: false,
  jPath: false,
  maxNestedTags: 200,
});

function parseOrdered(text: string): unknown {
  try {
    return parser.parse(text);
  } catch (cause) {
    throw notXml("is not well-formed", cause);
  }
}

/** From the ordered form of the parser: `[{ name: [children] }, { "#text": "…" }]`. */
function toElements(ordered: unknown): XmlElement[] {
  const elements: XmlElement[] = [];
  for (const node of nodesOf(ordered)) {
    for (const [name, inner] of Object.entries(node)) {
      if (name === "#text") continue;
      const children = toElements(inner);
      elements.push({ name, children, text: children.length > 0 ? "" : textOf(inner) });
    }
  }
  return elements;
}

function textOf(inner: unknown): string {
  let text = "";
  for (const node of nodesOf(inner)) if ("#text" in node) text += String(node["#text"]);
  return text.includes("&") ? text.replace(REFERENCE, decodeReference) : text;
}

function nodesOf(ordered: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(ordered) ? ordered : [];
}

// Everything but Char of XML 1.0 §2.2.
const FORBIDDEN_CHARACTER = /[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu;

const REFERENCE = /&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g;

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decodeReference(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return named[name] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? "0", 16) : Number(decimal);
  return isXmlCharacter(code) ? String.fromCodePoint(code) : "\uFFFD";
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

function escaped(character: string): string {
  return `&#x${character.charCodeAt(0).toString(16)};`;
}

function notXml(what: string, cause?: unknown): AppError {
  return new AppError("source_protocol", "The engine's answer is not the XML that it should be.", {
    cause,
    info: { kind: "not_xml", what },
  });
}

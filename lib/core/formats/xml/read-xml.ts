import { decodeText } from "./references";

/** One element, by its name without prefix. `text` is its own text, decoded. Children keep their order. */
export type XmlElement = {
  readonly name: string;
  /** By name without prefix; declarations of namespaces are left out. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
};

/** Why a text was not read. All of them static. */
export type XmlProblem =
  | "too_long"
  | "too_deep"
  | "too_many_nodes"
  | "document_type"
  | "cut_off"
  | "not_well_formed";

export type XmlLimits = {
  /** Characters. */
  readonly maxLength: number;
  readonly maxDepth: number;
  /** Elements and attributes. */
  readonly maxNodes: number;
};

export type XmlResult =
  | {
      readonly kind: "read";
      readonly root: XmlElement /** Index behind the root's end. */;
      readonly end: number;
    }
  | { readonly kind: "refused"; readonly problem: XmlProblem };

/**
 * Reads the document that begins at `from`, in one pass. Anybody may have written it: a document type is refused, so there
 * are no entities but the five of XML, nothing outside is ever fetched, and length, depth and nodes are bounded. Prefixes
 * are taken off, since audit sources use none, one, or one each.
 */
export function readXml(text: string, limits: XmlLimits, from = 0): XmlResult {
  if (text.length - from > limits.maxLength) return refused("too_long");
  const open: Draft[] = [];
  let nodes = 0;
  let at = from;
  for (;;) {
    const start = text.indexOf("<", at);
    const inner = open.at(-1);
    if (inner === undefined && !isBlank(start < 0 ? text.slice(at) : text.slice(at, start))) {
      return refused("not_well_formed");
    }
    if (start < 0) return refused("cut_off");
    if (inner !== undefined && start > at) inner.text += decodeText(text.slice(at, start));
    const piece = pieceAt(text, start);
    if (typeof piece === "string") return refused(piece);
    at = piece.end;
    switch (piece.kind) {
      case "skip":
        break;
      case "cdata":
        if (inner === undefined) return refused("not_well_formed");
        inner.text += piece.text;
        break;
      case "close": {
        if (inner === undefined || inner.tag !== piece.tag) return refused("not_well_formed");
        open.pop();
        if (open.length === 0) return { kind: "read", root: inner, end: at };
        break;
      }
      case "open": {
        nodes += 1 + piece.attributes.size;
        if (nodes > limits.maxNodes) return refused("too_many_nodes");
        const { tag, attributes, isEmpty } = piece;
        const element: Draft = { tag, name: localName(tag), attributes, children: [], text: "" };
        inner?.children.push(element);
        if (isEmpty && inner === undefined) return { kind: "read", root: element, end: at };
        if (!isEmpty && open.push(element) > limits.maxDepth) return refused("too_deep");
        break;
      }
    }
  }
}

type Draft = {
  readonly tag: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Draft[];
  text: string;
};

type Piece =
  | { readonly kind: "skip"; readonly end: number }
  | { readonly kind: "cdata"; readonly end: number; readonly text: string }
  | { readonly kind: "close"; readonly end: number; readonly tag: string }
  | {
      readonly kind: "open";
      readonly end: number;
      readonly tag: string;
      readonly attributes: ReadonlyMap<string, string>;
      readonly isEmpty: boolean;
    };

/** The mark-up that begins with the `<` at `start`. */
function pieceAt(text: string, start: number): Piece | XmlProblem {
  const next = text[start + 1];
  if (next === "/") return closeAt(text, start);
  if (next === "?") return skipTo(text, start, "?>");
  if (next !== "!") return openAt(text, start);
  if (text.startsWith("<!--", start)) return skipTo(text, start + 4, "-->");
  if (!text.startsWith("<![CDATA[", start)) return "document_type";
  const end = text.indexOf("]]>", start);
  return end < 0 ? "cut_off" : { kind: "cdata", end: end + 3, text: text.slice(start + 9, end) };
}

function skipTo(text: string, from: number, mark: string): Piece | XmlProblem {
  const end = text.indexOf(mark, from);
  return end < 0 ? "cut_off" : { kind: "skip", end: end + mark.length };
}

function closeAt(text: string, start: number): Piece | XmlProblem {
  const end = text.indexOf(">", start);
  return end < 0 ? "cut_off" : { kind: "close", end: end + 1, tag: text.slice(start + 2, end).trimEnd() };
}

// Sticky, each anchored to where the last one ended: no text makes them look at anything twice.
const NAME = /[^\s<>/=&"'!?]+/y;
const ATTRIBUTE = /\s+([^\s<>/=&"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*(\/?)>/y;

function openAt(text: string, start: number): Piece | XmlProblem {
  const tag = matchAt(NAME, text, start + 1)?.[0];
  if (tag === undefined) return start + 1 >= text.length ? "cut_off" : "not_well_formed";
  const attributes = new Map<string, string>();
  let at = NAME.lastIndex;
  for (let found = matchAt(ATTRIBUTE, text, at); found !== null; found = matchAt(ATTRIBUTE, text, at)) {
    at = ATTRIBUTE.lastIndex;
    const name = found[1] ?? "";
    if (name !== "xmlns" && !name.startsWith("xmlns:")) {
      attributes.set(localName(name), decodeText(found[2] ?? found[3] ?? ""));
    }
  }
  const end = matchAt(TAG_END, text, at);
  if (end === null) return text.indexOf(">", at) < 0 ? "cut_off" : "not_well_formed";
  return { kind: "open", end: TAG_END.lastIndex, tag, attributes, isEmpty: end[1] === "/" };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function isBlank(text: string): boolean {
  return !/[^\s\ufeff]/.test(text);
}

function refused(problem: XmlProblem): XmlResult {
  return { kind: "refused", problem };
}

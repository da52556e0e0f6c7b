import type { WireNode } from "./node";

export type PrintedJson =
  | { readonly kind: "printed"; readonly body: string }
  /** One control character anywhere makes the engine fail the whole answer. */
  | { readonly kind: "control_character" };

/**
 * The engine's JSON: its XML passed through a converter that loses things. A list of one becomes an object and an empty
 * one null, map keys and values of one type merge into an array, and texts that look like numbers become numbers.
 */
export function printJson(root: WireNode): PrintedJson {
  if (hasControlCharacter(root)) return { kind: "control_character" };
  return { kind: "printed", body: JSON.stringify({ [root.tag]: jsonOf(root) }) };
}

type JsonValue =
  | null
  | string
  | number
  | boolean
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

function jsonOf(node: WireNode): JsonValue {
  const attributes = Object.entries(node.attributes ?? {}).map(
    ([name, value]) => [`@${name}`, value] as const,
  );
  if (node.text !== undefined) {
    if (attributes.length === 0) return scalarOf(node.text);
    return Object.fromEntries([...attributes, ["$", scalarOf(node.text)] as const]);
  }
  const children = node.children ?? [];
  if (attributes.length === 0 && children.length === 0) return null;
  return Object.fromEntries([...attributes, ...groupByTag(children)]);
}

function groupByTag(children: readonly WireNode[]): readonly (readonly [string, JsonValue])[] {
  const groups = new Map<string, JsonValue[]>();
  for (const child of children) {
    const group = groups.get(child.tag) ?? [];
    group.push(jsonOf(child));
    groups.set(child.tag, group);
  }
  return [...groups].map(([tag, values]) => [tag, values.length === 1 ? (values[0] ?? null) : values]);
}

const looksNumeric = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

function scalarOf(text: string): JsonValue {
  if (text === "") return null;
  if (text === "true" || text === "false") return text === "true";
  return looksNumeric.test(text) ? Number(text) : text;
}

// biome's rule against control characters in patterns is right for user input; here they are the subject.
function hasControlCharacter(node: WireNode): boolean {
  if (node.text !== undefined) return [...node.text].some(isControlCharacter);
  return (node.children ?? []).some(hasControlCharacter);
}

function isControlCharacter(character: string): boolean {
  return character < " " && character !== "\n" && character !== "\r" && character !== "\t";
}

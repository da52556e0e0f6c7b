/** One element of what the engine would serialise, printed as XML or as its JSON. */
export type WireNode = {
  readonly tag: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Character data; "" prints as `<tag></tag>`, absent (with no children) as `<tag/>`. */
  readonly text?: string;
  readonly children?: readonly WireNode[];
};

/** An element with children; absent ones are left out. */
export function element(tag: string, children: readonly (WireNode | undefined)[]): WireNode {
  return { tag, children: children.filter((child) => child !== undefined) };
}

/** An element that holds a value. */
export function leaf(tag: string, value: string | number | boolean): WireNode {
  return { tag, text: String(value) };
}

/** An element with neither value nor children. */
export function emptyLeaf(tag: string): WireNode {
  return { tag };
}

/** XStream names the concrete class where it differs from the declared one. */
export function withClass(node: WireNode, className: string): WireNode {
  return { ...node, attributes: { class: className, ...node.attributes } };
}

/** The engine's calendar type: epoch milliseconds, and a zone that says nothing about them. */
export function calendar(tag: string, atMs: number): WireNode {
  return element(tag, [leaf("time", atMs), leaf("timezone", "UTC")]);
}

/** A Java map entry whose key and value are strings; a missing value is `<null/>`. */
export function stringEntry(key: string, value: string | undefined): WireNode {
  return entry(leaf("string", key), value === undefined ? emptyLeaf("null") : leaf("string", value));
}

export function entry(key: WireNode, value: WireNode): WireNode {
  return element("entry", [key, value]);
}

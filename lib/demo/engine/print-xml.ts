import type { WireNode } from "./node";

/**
 * Pretty-printed XML as XStream writes it: two spaces, no declaration. Control characters come out as references
 * such as `&#x1;`, which XML 1.0 forbids: the engine does so too, and readers have to cope.
 */
export function printXml(root: WireNode): string {
  const lines: string[] = [];
  writeNode({ node: root, indent: "", lines });
  return lines.join("\n");
}

type Writing = { readonly node: WireNode; readonly indent: string; readonly lines: string[] };

function writeNode({ node, indent, lines }: Writing): void {
  const open = `${indent}<${node.tag}${printAttributes(node)}`;
  if (node.text !== undefined) {
    lines.push(`${open}>${escapeXml(node.text)}</${node.tag}>`);
  } else if (node.children === undefined || node.children.length === 0) {
    lines.push(`${open}/>`);
  } else {
    lines.push(`${open}>`);
    for (const child of node.children) writeNode({ node: child, indent: `${indent}  `, lines });
    lines.push(`${indent}</${node.tag}>`);
  }
}

function printAttributes(node: WireNode): string {
  return Object.entries(node.attributes ?? {})
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join("");
}

// \p{Cc}: every control character; tabs and line feeds pass as they are.
const needsEscape = /[&<>"']|(?![\n\t])\p{Cc}/gu;

const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Escapes text the way XStream does; carriage returns become `&#xd;` so that HL7 segments survive. */
export function escapeXml(text: string): string {
  return text.replace(
    needsEscape,
    (character) => named[character] ?? `&#x${(character.codePointAt(0) ?? 0).toString(16)};`,
  );
}

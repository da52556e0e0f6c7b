/** A pattern of lines in which names in braces stand for what changes: `{time} {level} [{channel}] {text}`. */
export type LineTemplate = {
  readonly names: readonly string[];
  /** What stands before the first name and after each. */
  readonly literals: readonly string[];
};

/** Undefined where the text is no such pattern: no name, one twice, or two without anything between them. */
export function parseTemplate(text: string): LineTemplate | undefined {
  const parts = text.split(/\{([A-Za-z][A-Za-z0-9_ -]{0,63})\}/);
  const names = parts.filter((_, index) => index % 2 === 1);
  const literals = parts.filter((_, index) => index % 2 === 0);
  const isApart = literals.slice(1, -1).every((literal) => literal !== "");
  if (names.length === 0 || names.length > 100 || !isApart) return undefined;
  return new Set(names).size === names.length ? { names, literals } : undefined;
}

/**
 * What stands at each name, each reaching as far as the first occurrence of what follows it; undefined where the line does
 * not fit. Takes time in proportion to the line: no pattern can make it slow.
 */
export function matchTemplate(line: string, template: LineTemplate): ReadonlyMap<string, string> | undefined {
  const { names, literals } = template;
  if (!line.startsWith(literals[0] ?? "")) return undefined;
  const values = new Map<string, string>();
  let at = literals[0]?.length ?? 0;
  for (const [index, name] of names.entries()) {
    const literal = literals[index + 1] ?? "";
    const isLast = index === names.length - 1;
    const end = endOf(line, { at, literal, isLast });
    if (end === undefined) return undefined;
    values.set(name, line.slice(at, end).trim());
    at = end + literal.length;
  }
  return values;
}

function endOf(
  line: string,
  of: { readonly at: number; readonly literal: string; readonly isLast: boolean },
): number | undefined {
  const { at, literal, isLast } = of;
  if (!isLast) {
    const found = line.indexOf(literal, at);
    return found < 0 ? undefined : found;
  }
  const end = line.length - literal.length;
  return end >= at && line.endsWith(literal) ? end : undefined;
}

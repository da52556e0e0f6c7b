/**
 * A PostgreSQL array literal as text. The driver's own conversion costs several times as much, and bulk writes send one
 * array a column. `element` gives the text of one element, undefined for NULL. NULLs at the end are left out: unnest
 * of several arrays fills the shorter ones up with NULL.
 */
export function arrayLiteral<T>(
  rows: readonly T[],
  element: (row: T) => string | number | undefined,
): string {
  let text = "{";
  let nulls = 0;
  let isFirst = true;
  for (const row of rows) {
    const value = element(row);
    if (value === undefined) {
      nulls++;
      continue;
    }
    for (; nulls > 0; nulls--) {
      text += isFirst ? "NULL" : ",NULL";
      isFirst = false;
    }
    text += isFirst ? value : `,${value}`;
    isFirst = false;
  }
  return `${text}}`;
}

/** A text element, quoted; undefined is NULL. U+0000 cannot be stored by PostgreSQL and becomes U+FFFD. */
export function textElement(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (PLAIN.test(value)) return `"${value}"`;
  return `"${value.replace(/["\\]/g, "\\$&").replaceAll("\u0000", "\ufffd")}"`;
}

/** A boolean element. */
export function booleanElement(value: boolean): string {
  return value ? "t" : "f";
}

/** A bytea element in hex; undefined is NULL. */
export function bytesElement(value: Buffer | undefined): string | undefined {
  return value === undefined ? undefined : `"\\\\x${value.toString("hex")}"`;
}

/** Nothing that needs care: printable ASCII but for the quote and the backslash, and all of U+0080 and above. */
const PLAIN = /^[ !#-[\]-\uffff]*$/;

/**
 * PostgreSQL array literals as text. The driver's own conversion costs several times as much, and bulk writes send one
 * array a column.
 */
export function arrayLiteral<T>(rows: readonly T[], element: (row: T) => string | number): string {
  let text = "{";
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (row === undefined) continue;
    if (text.length > 1) text += ",";
    text += element(row);
  }
  return `${text}}`;
}

/** A text element, quoted; undefined is NULL. U+0000 cannot be stored by PostgreSQL and becomes U+FFFD. */
export function textElement(value: string | undefined): string {
  if (value === undefined) return "NULL";
  const escaped = /["\\]/.test(value) ? value.replace(/["\\]/g, "\\$&") : value;
  return `"${escaped.includes("\u0000") ? escaped.replaceAll("\u0000", "\ufffd") : escaped}"`;
}

/** A number, bigint text or boolean element; undefined is NULL. */
export function plainElement(value: string | number | boolean | undefined): string | number {
  return value === undefined ? "NULL" : typeof value === "boolean" ? String(value) : value;
}

/** A bytea element in hex; undefined is NULL. */
export function bytesElement(value: Buffer | undefined): string {
  return value === undefined ? "NULL" : `"\\\\x${value.toString("hex")}"`;
}

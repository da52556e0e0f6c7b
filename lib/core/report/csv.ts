/** A value of a CSV cell. Dates are written as ISO 8601 in UTC; null and undefined are empty cells. */
export type CsvValue = string | number | boolean | Date | null | undefined;

/**
 * One CSV text (RFC 4180, CRLF, with byte order mark so that spreadsheets read UTF-8). Text that a spreadsheet would take
 * for a formula (= + - @, also in full width, tab and line ends at the start) gets an apostrophe in front: engines' texts are not ours to trust.
 */
export function csvText(head: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return `\uFEFF${csvLines([head, ...rows])}`;
}

/** Further lines of a CSV text that is written part by part. */
export function csvLines(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map(csvLine).join("");
}

function csvLine(cells: readonly CsvValue[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "string") return String(value);
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

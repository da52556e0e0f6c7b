/** How a command answers: one JSON document, or lines for a person. */
export type Answer = { readonly json: unknown; readonly lines: readonly string[] };

/** Writes the answer to standard output, and nothing else. */
export function printAnswer(answer: Answer, asJson: boolean): void {
  process.stdout.write(asJson ? `${JSON.stringify(answer.json)}\n` : `${answer.lines.join("\n")}\n`);
}

export function printError(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Rows as columns of equal width; numbers to the right. */
export function tableLines(
  rows: readonly Readonly<Record<string, string | number | null>>[],
): readonly string[] {
  const [first] = rows;
  if (first === undefined) return ["Nothing to show."];
  const columns = Object.keys(first);
  const cell = (value: string | number | null | undefined) => (value === null ? "–" : String(value ?? ""));
  const widths = columns.map((column) =>
    Math.max(column.length, ...rows.map((row) => cell(row[column]).length)),
  );
  const line = (row: Readonly<Record<string, string | number | null>>) =>
    columns
      .map((column, index) => {
        const width = widths[index] ?? 0;
        return typeof row[column] === "number"
          ? cell(row[column]).padStart(width)
          : cell(row[column]).padEnd(width);
      })
      .join("  ")
      .trimEnd();
  return [line(Object.fromEntries(columns.map((column) => [column, column]))), ...rows.map(line)];
}

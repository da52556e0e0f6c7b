/** How a command answers: one JSON document, or lines for a person. */
export type Answer = {
  readonly json: unknown;
  readonly lines: readonly string[];
  /** Set when the answer is that something did not succeed: the exit code is 1 then. */
  readonly isFailure?: boolean;
  /** Goes on after the answer was printed, until it resolves. */
  readonly afterwards?: () => Promise<void>;
};

/** Writes the answer to standard output, and nothing else. What is not there is null in JSON, so that keys stay. */
export function printAnswer(answer: Answer, asJson: boolean): Promise<void> {
  const text = asJson
    ? JSON.stringify(answer.json, (_, value: unknown) => (value === undefined ? null : value))
    : answer.lines.join("\n");
  return write(process.stdout, text);
}

/** Writes help that was asked for. */
export function printLines(lines: readonly string[]): Promise<void> {
  return write(process.stdout, lines.join("\n"));
}

export function printError(text: string): Promise<void> {
  return write(process.stderr, text);
}

type Cell = string | number | boolean | Date | null | undefined;

/** Rows as columns of equal width; numbers to the right, what is not there as a dash. */
export function tableLines(rows: readonly Readonly<Record<string, Cell>>[]): readonly string[] {
  const [first] = rows;
  if (first === undefined) return ["Nothing to show."];
  const columns = Object.keys(first);
  const widths = columns.map((column) =>
    Math.max(column.length, ...rows.map((row) => cellText(row[column]).length)),
  );
  const line = (row: Readonly<Record<string, Cell>>) =>
    columns
      .map((column, index) => {
        const width = widths[index] ?? 0;
        const value = row[column];
        return typeof value === "number" ? cellText(value).padStart(width) : cellText(value).padEnd(width);
      })
      .join("  ")
      .trimEnd();
  return [line(Object.fromEntries(columns.map((column) => [column, column]))), ...rows.map(line)];
}

function cellText(value: Cell): string {
  if (value === null || value === undefined || value === "") return "–";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

/** Resolves when the text is handed over: the process ends right after. */
function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(`${text}\n`, () => resolve());
  });
}

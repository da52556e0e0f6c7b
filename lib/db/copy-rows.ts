import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** Lines sent at once: some hundred kilobytes. */
const LINES_A_CHUNK = 1_000;

/**
 * Sends rows by COPY in text format, each as its fields. `target` is a table with its column list and comes from this
 * folder, never from input.
 */
export async function copyRows<T>(
  client: pg.ClientBase,
  copy: {
    readonly target: string;
    readonly rows: readonly T[];
    readonly fields: (row: T) => readonly string[];
  },
): Promise<void> {
  if (copy.rows.length === 0) return;
  await pipeline(Readable.from(chunks(copy)), client.query(copyFrom(`COPY ${copy.target} FROM STDIN`)));
}

/** A field of COPY text: backslash, tab and line ends escaped, undefined as `\N`. U+0000 becomes U+FFFD. */
export function copyText(value: string | undefined): string {
  if (value === undefined) return "\\N";
  return copyEscaped(value.replaceAll("\\", "\\\\").replaceAll("\u0000", "\ufffd"));
}

/** Text whose backslashes are escaped already: only tabs and line ends are left to do. */
export function copyEscaped(text: string): string {
  return text.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
}

/** A number, boolean or bigint text. */
export function copyPlain(value: string | number | boolean | undefined): string {
  return value === undefined ? "\\N" : String(value);
}

/** An instant given as whole epoch milliseconds. */
export function copyInstant(ms: number | undefined): string {
  if (ms === undefined) return "\\N";
  const hour = Math.floor(ms / HOUR_MS);
  if (hour !== lastHour) {
    lastHour = hour;
    lastPrefix = new Date(hour * HOUR_MS).toISOString().slice(0, 14);
  }
  const within = ms - hour * HOUR_MS;
  const minute = Math.floor(within / 60_000);
  const rest = within - minute * 60_000;
  return `${lastPrefix}${minute < 10 ? "0" : ""}${minute}:${rest < 10_000 ? "0" : ""}${(rest / 1_000).toFixed(3)}Z`;
}

// Millions of instants are printed, and neighbours fall into the same hour: printing the date once saves most of the time.
const HOUR_MS = 3_600_000;
let lastHour = Number.NaN;
let lastPrefix = "";

export function copyBytes(value: Buffer | undefined): string {
  return value === undefined ? "\\N" : `\\\\x${value.toString("hex")}`;
}

function* chunks<T>({
  rows,
  fields,
}: {
  readonly rows: readonly T[];
  readonly fields: (row: T) => readonly string[];
}) {
  for (let start = 0; start < rows.length; start += LINES_A_CHUNK) {
    yield rows
      .slice(start, start + LINES_A_CHUNK)
      .map((row) => `${fields(row).join("\t")}\n`)
      .join("");
  }
}

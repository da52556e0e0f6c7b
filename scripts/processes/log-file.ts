import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

const LARGEST_BYTES = 10 * 1024 ** 2;

/** The log of one process: owner-only, set aside as `….1` at 10 MB so that two files are all there ever is. */
export type LogFile = {
  readonly file: string;
  readonly write: (chunk: Buffer | string) => void;
  readonly lastLines: () => Promise<string>;
};

/** Opens a log file for adding to, making its folder. Writes are immediate, so that a crash loses no line. */
export function openLogFile(file: string): LogFile {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return {
    file,
    write: (chunk) => {
      if (size > LARGEST_BYTES) {
        renameSync(file, `${file}.1`);
        size = 0;
      }
      appendFileSync(file, chunk, { mode: 0o600 });
      size += chunk.length;
    },
    lastLines: async () =>
      (await readFile(file, "utf8").catch(() => "")).trimEnd().split("\n").slice(-12).join("\n"),
  };
}

import { createReadStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { env } from "@/lib/config/env";
import { linesInForce, parseWitnessLine, type WitnessLine } from "@/lib/core/audit/witness";

/** The file outside the database that heads of the audit trail are written to. */
export function witnessFile(): string {
  return env().auditWitnessFile;
}

/** Adds a line; it is on disk when this resolves. */
export async function appendToWitnessFile(line: string, file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, "a+", 0o600);
  try {
    // A line that a power cut left without its end must not swallow this one.
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    await handle.appendFile(size > 0 && last.toString() !== "\n" ? `\n${line}\n` : `${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the file says of the trail as it is now. A file that is not there says nothing. */
export type Witnessed = {
  readonly lines: readonly WitnessLine[];
  /** Lines that are no whole statement, as after a power cut. */
  readonly unreadable: number;
};

export async function readWitnessFile(file: string): Promise<Witnessed> {
  const lines: WitnessLine[] = [];
  let unreadable = 0;
  try {
    for await (const text of createInterface({
      input: createReadStream(file),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      if (text === "") continue;
      const line = parseWitnessLine(text);
      if (line === undefined) unreadable += 1;
      else lines.push(line);
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return { lines: linesInForce(lines), unreadable };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

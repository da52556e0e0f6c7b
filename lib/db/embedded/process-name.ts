import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** Whether the process of this number is a PostgreSQL server; where that cannot be told, it is taken for one. */
export async function isServerProcess(pid: number): Promise<boolean> {
  const name = await processName(pid);
  return name === undefined || name.includes("postgres");
}

async function processName(pid: number): Promise<string | undefined> {
  if (process.platform === "win32") return undefined;
  if (process.platform === "linux") return readFile(`/proc/${pid}/comm`, "utf8").catch(() => undefined);
  return promisify(execFile)("ps", ["-p", String(pid), "-o", "comm="]).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}

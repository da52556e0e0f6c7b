import { renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { isProcessAlive } from "@/lib/db/embedded/postmaster";

const stateSchema = z
  .object({
    supervisorPid: z.number(),
    webPid: z.number().optional(),
    workerPid: z.number().optional(),
    databasePid: z.number().optional(),
    url: z.string(),
    ingestPort: z.number(),
  })
  .readonly();

/** What runs for this data folder: process numbers and addresses, no secrets. */
export type RunState = z.infer<typeof stateSchema>;

/** What runs for this data folder, or `undefined` when nothing does (also after the supervisor was killed). */
export async function readRunState(dataDir: string): Promise<RunState | undefined> {
  const text = await readFile(fileIn(dataDir), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = stateSchema.safeParse(JSON.parse(text));
  return parsed.success && isProcessAlive(parsed.data.supervisorPid) ? parsed.data : undefined;
}

/** Replaces the file in one step, so that readers never see half of it. */
export function writeRunState(dataDir: string, state: RunState): void {
  const unfinished = `${fileIn(dataDir)}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(state), { mode: 0o600 });
  renameSync(unfinished, fileIn(dataDir));
}

export function removeRunState(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, "run.json");
}

import { createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { z } from "zod";
import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { sealStream } from "@/lib/crypto/seal-stream";
import { appendAudit } from "@/lib/db/audit";
import { type DumpProgress, dumpDatabase } from "@/lib/db/backup/dump";
import { recordBackupRun } from "@/lib/db/backup-runs";
import { inTransaction } from "@/lib/db/transaction";
import { authorise, command, leafFor } from "../command";
import { backupFileName, backupFolder, unfinishedName } from "./backup-folder";

export type TakenBackup = { readonly file: string; readonly bytes: number; readonly rows: number };

const totalsToCompare = 100;

/**
 * Takes a backup of everything while the product goes on: one snapshot, compressed, encrypted with the current key,
 * written beside its final name and renamed only when it is whole and on disk. Success and failure are recorded.
 * @throws AppError forbidden | whatever kept the backup from being written
 */
export async function takeBackup(actor: Actor): Promise<TakenBackup> {
  await authorise({ actor, permission: "backup.write" });
  const startedAt = new Date();
  const file = path.join(backupFolder(), backupFileName(startedAt));
  try {
    const rows = await writeBackup(file, startedAt);
    const { size } = await stat(file);
    await recordSuccess(actor, { startedAt, fileName: path.basename(file), bytes: size });
    return { file, bytes: size, rows };
  } catch (error) {
    // Where the database is away, nothing can be put on record; why the backup failed counts more.
    await recordFailure(actor, { startedAt, error }).catch(() => undefined);
    throw error;
  }
}

const recordSuccess = command({
  permission: "backup.write",
  input: z.object({ startedAt: z.date(), fileName: z.string(), bytes: z.int() }),
  run: ({ tx, input, now }) => recordBackupRun(tx, { ...input, finishedAt: now }),
  audit: ({ input, result }) => ({
    action: "E",
    entityType: "backup",
    entityId: result,
    detail: { file: input.fileName, bytes: input.bytes },
  }),
});

async function recordFailure(
  actor: Actor,
  { startedAt, error }: { readonly startedAt: Date; readonly error: unknown },
): Promise<void> {
  const now = new Date();
  const errorCode = error instanceof AppError ? error.code : "internal";
  await inTransaction(async (tx) => {
    const entityId = await recordBackupRun(tx, { startedAt, finishedAt: now, errorCode });
    const note = { action: "E", entityType: "backup", entityId, detail: { errorCode } } as const;
    await appendAudit(tx, leafFor({ actor, permission: "backup.write", now, note, outcome: "failure" }));
  });
}

async function writeBackup(file: string, now: Date): Promise<number> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = unfinishedName(file);
  const progress: DumpProgress = {};
  try {
    await pipeline(
      dumpDatabase({ now, totals: totalsToCompare, progress }),
      createGzip({ level: 1 }),
      (source: AsyncIterable<Uint8Array>) => sealStream(source),
      // wx: never over a file that another process writes.
      createWriteStream(unfinished, { mode: 0o600, flags: "wx" }),
    );
    await toDisk(unfinished);
    await rename(unfinished, file);
    await toDisk(path.dirname(file)).catch(ignoreOnWindows);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return Object.values(progress.manifest?.rows ?? {}).reduce((sum, rows) => sum + rows, 0);
}

/** A file's bytes, or a folder's names, outlive a power cut from here on. */
async function toDisk(place: string): Promise<void> {
  // Windows syncs only what was opened for writing.
  const handle = await open(place, process.platform === "win32" ? "r+" : "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Windows cannot open a folder, and keeps names safe by itself. */
function ignoreOnWindows(error: unknown): void {
  if (process.platform !== "win32") throw error;
}

import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/config/env";

const suffix = ".signalbox-backup";

const unfinishedSuffix = `${suffix}.part`;

const unfinishedForMs = 24 * 60 * 60 * 1000;

/** Where backups are written: SIGNALBOX_BACKUP_DIR, else `backups` in the data folder. */
export function backupFolder(): string {
  return env().backupDir ?? path.join(env().dataDir, "backups");
}

/** `signalbox-2026-01-31T03-15-00.000Z.signalbox-backup`: names sort by time. */
export function backupFileName(at: Date): string {
  return `signalbox-${at.toISOString().replaceAll(":", "-")}${suffix}`;
}

/** What a backup is called while it is being written; it gets its own name when it is whole. */
export function unfinishedName(file: string): string {
  return `${file}.part`;
}

/** The names of all backups, newest first; none when the folder does not exist yet. */
export async function listBackups(): Promise<readonly string[]> {
  return (await filesOf(backupFolder()))
    .filter((name) => name.endsWith(suffix))
    .toSorted()
    .reverse();
}

/**
 * Keeps the newest of this installation's own backups (`own`: their names) and removes the others, and what a killed
 * backup left behind. Files of anybody else in the same folder stay.
 */
export async function pruneBackups(of: {
  readonly keep: number;
  readonly own: ReadonlySet<string>;
  readonly now: Date;
}): Promise<void> {
  const old = (await listBackups()).filter((name) => of.own.has(name)).slice(of.keep);
  for (const name of [...old, ...(await abandoned(of.now))]) {
    await rm(path.join(backupFolder(), name), { force: true });
  }
}

async function abandoned(now: Date): Promise<readonly string[]> {
  const unfinished = (await filesOf(backupFolder())).filter((name) => name.endsWith(unfinishedSuffix));
  const ages = await Promise.all(
    unfinished.map(async (name) => {
      const found = await stat(path.join(backupFolder(), name)).catch(() => undefined);
      return found === undefined ? 0 : now.getTime() - found.mtimeMs;
    }),
  );
  return unfinished.filter((_, index) => (ages[index] ?? 0) > unfinishedForMs);
}

function filesOf(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

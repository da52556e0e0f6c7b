import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/config/env";

const suffix = ".signalbox-backup";

/** Where backups are written: SIGNALBOX_BACKUP_DIR, else `backups` in the data folder. */
export function backupFolder(): string {
  return env().backupDir ?? path.join(env().dataDir, "backups");
}

/** `signalbox-2026-01-31T03-15-00Z.signalbox-backup`: names sort by time. */
export function backupFileName(at: Date): string {
  return `signalbox-${at.toISOString().slice(0, 19).replaceAll(":", "-")}Z${suffix}`;
}

/** The names of all backups, newest first; none when the folder does not exist yet. */
export async function listBackups(): Promise<readonly string[]> {
  try {
    const names = await readdir(backupFolder());
    return names
      .filter((name) => name.endsWith(suffix))
      .sort()
      .reverse();
  } catch {
    return [];
  }
}

/** Keeps the newest backups and removes the others. */
export async function pruneBackups(keep: number): Promise<void> {
  for (const name of (await listBackups()).slice(keep))
    await rm(path.join(backupFolder(), name), { force: true });
}

import { readBackupRequest, removeBackupRequest } from "@/lib/db/backup-request";
import { listBackupFiles, newestBackupRun } from "@/lib/db/backup-runs";
import { pruneBackups } from "@/lib/services/backup/backup-folder";
import { takeBackup } from "@/lib/services/backup/take-backup";
import type { Job } from "./job";

const hourMs = 60 * 60 * 1000;
const kept = 14;

/**
 * Takes a backup once a day, an hour after a failure again, and within seconds when a person asks for one; keeps the
 * newest fourteen. A wish outlives a worker that is killed, and is dropped when its backup fails: the page says so.
 */
export const backUp: Job = {
  name: "back-up",
  everyMs: 2_000,
  run: async ({ now }) => {
    const isAsked = (await readBackupRequest()) !== undefined;
    if (!isAsked && !(await isDue(now()))) return;
    try {
      await takeBackup({ kind: "system", name: "back-up" });
    } finally {
      if (isAsked) await removeBackupRequest();
    }
    await pruneBackups({ keep: kept, own: new Set(await listBackupFiles()), now: now() });
  },
};

async function isDue(now: Date): Promise<boolean> {
  const [done, failed] = await Promise.all([
    newestBackupRun({ succeeded: true }),
    newestBackupRun({ succeeded: false }),
  ]);
  const ageMs = (at: Date | undefined) =>
    at === undefined ? Number.POSITIVE_INFINITY : now.getTime() - at.getTime();
  return ageMs(done?.startedAt) >= 24 * hourMs && ageMs(failed?.startedAt) >= hourMs;
}

import { listBackupFiles, newestBackupRun } from "@/lib/db/backup-runs";
import { pruneBackups } from "@/lib/services/backup/backup-folder";
import { takeBackup } from "@/lib/services/backup/take-backup";
import type { Job } from "./job";

const hourMs = 60 * 60 * 1000;
const kept = 14;

/** Takes a backup once a day, an hour after a failure again, and keeps the newest fourteen. */
export const backUp: Job = {
  name: "back-up",
  everyMs: 10 * 60 * 1000,
  run: async ({ now }) => {
    const [done, failed] = await Promise.all([
      newestBackupRun({ succeeded: true }),
      newestBackupRun({ succeeded: false }),
    ]);
    const ageMs = (at: Date | undefined) =>
      at === undefined ? Number.POSITIVE_INFINITY : now().getTime() - at.getTime();
    if (ageMs(done?.startedAt) < 24 * hourMs || ageMs(failed?.startedAt) < hourMs) return;
    await takeBackup({ kind: "system", name: "back-up" });
    await pruneBackups({ keep: kept, own: new Set(await listBackupFiles()), now: now() });
  },
};

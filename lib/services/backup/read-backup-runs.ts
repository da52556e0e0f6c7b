import { z } from "zod";
import { readBackupRequest } from "@/lib/db/backup-request";
import { type BackupRun, newestBackupRun } from "@/lib/db/backup-runs";
import { readLiveLeases } from "@/lib/db/leases";
import { WORKER_LEASE_PREFIX } from "@/lib/services/health/report-alive";
import { query } from "../query";

export type BackupRuns = {
  /** Since when a person waits for a backup; undefined when nobody does. */
  readonly askedAt: Date | undefined;
  /** Whether a worker runs that takes backups. */
  readonly isWorkerRunning: boolean;
  readonly lastSuccess: BackupRun | undefined;
  /** The newest failure, when it came after the last success. */
  readonly failedSince: BackupRun | undefined;
};

/** What came of the newest backups, and whether one is under way at a person's wish. */
export const readBackupRuns = query({
  permission: "backup.write",
  input: z.object({}),
  disclosesPhi: false,
  run: async (): Promise<BackupRuns> => {
    // First: a backup that ends meanwhile is then seen as under way, and not as neither under way nor done.
    const askedAt = await readBackupRequest();
    const [lastSuccess, lastFailure, workers] = await Promise.all([
      newestBackupRun({ succeeded: true }),
      newestBackupRun({ succeeded: false }),
      readLiveLeases(`${WORKER_LEASE_PREFIX}jobs:`),
    ]);
    return {
      askedAt,
      isWorkerRunning: workers.length > 0,
      lastSuccess,
      failedSince: isAfter(lastFailure, lastSuccess) ? lastFailure : undefined,
    };
  },
});

function isAfter(run: BackupRun | undefined, other: BackupRun | undefined): boolean {
  return run !== undefined && (other === undefined || run.startedAt > other.startedAt);
}

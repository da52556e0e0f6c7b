import { retainedFrom, type retentionDays } from "@/lib/core/metric/retention";
import { deleteGaugeHoursBefore, oldestDirtyBucket } from "@/lib/db/oldest-dirty";
import { dropPartitionsBefore, ensurePartitions, type PartitionedTable } from "@/lib/db/partitions";
import type { Job } from "./job";

/**
 * Makes partitions ahead of time and drops those that are older than is kept. Facts and minutes that a rollup still
 * has to be counted from are not dropped.
 */
export const keepPartitions: Job = {
  name: "keep-partitions",
  everyMs: 3_600_000,
  run: async ({ signal, now }) => {
    const at = now();
    for (const { table, kept } of tables) {
      if (signal.aborted) return;
      await ensurePartitions(table, {
        from: retainedFrom(kept, at),
        to: new Date(at.getTime() + AHEAD_DAYS * DAY_MS),
      });
    }
    for (const { table, kept, isSourceOfRollups } of tables) {
      if (signal.aborted) return;
      const oldest = isSourceOfRollups ? await oldestDirtyBucket() : undefined;
      await dropPartitionsBefore(table, earlier(dropBefore(kept, at), oldest));
    }
    await deleteGaugeHoursBefore(retainedFrom("hours", at));
  },
};

const AHEAD_DAYS = 8;
const DAY_MS = 86_400_000;

type Kept = {
  readonly table: PartitionedTable;
  readonly kept: keyof typeof retentionDays;
  readonly isSourceOfRollups: boolean;
};

const tables: readonly Kept[] = [
  { table: "delivery", kept: "deliveries", isSourceOfRollups: true },
  { table: "rollup_minute", kept: "minutes", isSourceOfRollups: true },
  { table: "leg_sample", kept: "samples", isSourceOfRollups: false },
  { table: "source_sample", kept: "samples", isSourceOfRollups: false },
  { table: "rollup_hour", kept: "hours", isSourceOfRollups: false },
  { table: "external_audit_event", kept: "externalAudit", isSourceOfRollups: false },
];

/** A day later than what is refused: a batch that was accepted just before midnight still finds its partition. */
function dropBefore(kept: Kept["kept"], now: Date): Date {
  return new Date(retainedFrom(kept, now).getTime() - DAY_MS);
}

function earlier(a: Date, b: Date | undefined): Date {
  return b === undefined || a < b ? a : b;
}

import { retainedFrom, type retentionDays } from "@/lib/core/metric/retention";
import { deletedBefore } from "@/lib/core/retention/kinds";
import { choosableKinds, daysKept } from "@/lib/core/retention/periods";
import { oldestDirtyBucket } from "@/lib/db/oldest-dirty";
import { ensurePartitions, type PartitionedTable } from "@/lib/db/partitions";
import { readPeriods } from "@/lib/db/retention-periods";
import { deleteExpired } from "@/lib/services/retention/delete-expired";
import type { Job } from "./job";

/**
 * Makes partitions ahead of time, and deletes what is older than is kept. Facts and minutes that a rollup still has to be
 * counted from are not deleted, and nothing that is on hold.
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
    const periods = await readPeriods();
    for (const kind of deleted) {
      if (signal.aborted) return;
      const chosen = choosableKinds.find((one) => one === kind);
      const limit = deletedBefore(kind, at, chosen && daysKept(chosen, periods));
      const oldest = sourcesOfRollups.includes(kind) ? await oldestDirtyBucket() : undefined;
      if (limit !== undefined) await deleteExpired({ kind, before: earlier(limit, oldest), now: at });
    }
  },
};

const AHEAD_DAYS = 8;
const DAY_MS = 86_400_000;

type Kept = { readonly table: PartitionedTable; readonly kept: keyof typeof retentionDays };

const tables: readonly Kept[] = [
  { table: "delivery", kept: "deliveries" },
  { table: "rollup_minute", kept: "minutes" },
  { table: "leg_sample", kept: "samples" },
  { table: "source_sample", kept: "samples" },
  { table: "rollup_hour", kept: "hours" },
  { table: "external_audit_event", kept: "externalAudit" },
];

const deleted = [
  "deliveries",
  "minutes",
  "samples",
  "hours",
  "externalAudit",
  "deadLetters",
  "clinicalFacts",
] as const;
const sourcesOfRollups: readonly string[] = ["deliveries", "minutes"];

function earlier(a: Date, b: Date | undefined): Date {
  return b === undefined || a < b ? a : b;
}

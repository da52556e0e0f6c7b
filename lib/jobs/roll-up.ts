import { clearDirty, type DirtyKey, type DirtyTier, readDirtyAfter, readNewestDirty } from "@/lib/db/dirty";
import { recomputeGroupHours, recomputeHours } from "@/lib/db/recompute-hours";
import { recomputeMinutes } from "@/lib/db/recompute-minutes";
import { withRetry } from "@/lib/db/with-retry";
import type { Job } from "./job";

/**
 * Brings every rollup that is marked up to date: minutes from facts, hours and days from minutes, groups from hours.
 * Idempotent, and safe to run twice at once. Marks of open hours go first; of the rest, those of one leg together.
 */
export const rollUp: Job = {
  name: "roll-up",
  everyMs: 1_000,
  run: async ({ signal, now }) => {
    const cursors: Partial<Record<DirtyTier, DirtyKey | undefined>> = {};
    for (let isBusy = true; isBusy && !signal.aborted; ) {
      isBusy = false;
      for (const tier of tiers) {
        const newest = await runNewest(tier, now());
        const before = cursors[tier];
        const next = signal.aborted ? undefined : await runAfter(tier, before);
        cursors[tier] = next;
        // A pass that did not begin at the first mark may have left some behind: it is followed by another.
        isBusy ||= newest === BATCH[tier] || next !== undefined || before !== undefined;
      }
    }
  },
};

const tiers: readonly DirtyTier[] = ["minute", "hour", "group"];

const recomputeTier: Readonly<Record<DirtyTier, (keys: readonly DirtyKey[]) => Promise<void>>> = {
  minute: recomputeMinutes,
  hour: recomputeHours,
  group: recomputeGroupHours,
};

/** Keys a transaction: short ones, because ingest waits for a minute that is being counted anew. */
const BATCH: Readonly<Record<DirtyTier, number>> = { minute: 200, hour: 600, group: 48 };

/** Open hours and the ones just closed. */
const NEWEST_MS = 2 * 3_600_000;

async function runNewest(tier: DirtyTier, now: Date): Promise<number> {
  const since = new Date(now.getTime() - NEWEST_MS);
  const keys = await readNewestDirty({ tier, since, limit: BATCH[tier] });
  await recompute(tier, keys);
  return keys.length;
}

/** One batch behind the cursor; answers with the new cursor, or undefined when the pass is over. */
async function runAfter(tier: DirtyTier, after: DirtyKey | undefined): Promise<DirtyKey | undefined> {
  const keys = await readDirtyAfter({ tier, after, limit: BATCH[tier] });
  await recompute(tier, keys);
  return keys.length === BATCH[tier] ? keys.at(-1) : undefined;
}

async function recompute(tier: DirtyTier, keys: readonly DirtyKey[]): Promise<void> {
  await withRetry(() => recomputeTier[tier](keys));
  await withRetry(() => clearDirty(tier, keys));
}

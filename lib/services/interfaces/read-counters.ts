import { z } from "zod";
import type { EngineCounter } from "@/lib/core/metric/engine-counters";
import { bucketEdges } from "@/lib/core/time/bucket";
import { snapRange, type TimeRange } from "@/lib/core/time/range";
import { type CounterCheck, readCounterChecks, readCounterSteps } from "@/lib/db/leg-counters";
import { readLegsWithin } from "@/lib/db/leg-directory";
import { chartInputSchema } from "@/lib/services/metrics/metric-input";
import { query } from "@/lib/services/query";

/** Rises of one counter of one leg, a bucket each; null where no reading tells. */
export type CounterSeries = readonly (number | null)[];

/** The engine's own counters over time, and how far they agree with what is stored. */
export type Counters = {
  readonly edges: readonly Date[];
  readonly rises: ReadonlyMap<number, Readonly<Record<EngineCounter, CounterSeries>>>;
  /** Over the last day of the range at most; of a leg without two readings in it there is none. */
  readonly checks: ReadonlyMap<number, CounterCheck>;
};

export type { CounterCheck };

const CHECKED_MS = 24 * 3_600_000;
/** Messages of the last moments may not have been read yet. */
const SETTLED_MS = 90_000;

/**
 * What the engine counts by itself on some legs, in the same buckets as readSeries.
 * @throws AppError forbidden | bad_request
 */
export const readCounters = query({
  permission: "interface.read",
  input: chartInputSchema.omit({ scope: true }).extend({ legIds: z.array(z.int()).min(1).max(500) }),
  disclosesPhi: false,
  run: async ({ input, now, reach }): Promise<Counters> => {
    const { bucket, zone } = input;
    const legIds = await readLegsWithin(input.legIds, reach);
    const range = snapRange(input.range);
    const edges = bucketEdges({ range, bucket, zone });
    const checked = checkedRange(range, now);
    const [steps, checks] = await Promise.all([
      readCounterSteps({ legIds, edges }),
      checked.from < checked.to ? readCounterChecks({ legIds, range: checked }) : [],
    ]);
    const empty = () => Array.from({ length: edges.length - 1 }, (): number | null => null);
    const rises = new Map(
      legIds.map((legId) => [
        legId,
        { received: empty(), filtered: empty(), sent: empty(), error: empty() } satisfies Record<
          EngineCounter,
          (number | null)[]
        >,
      ]),
    );
    for (const { legId, counter, index, increase } of steps) {
      rises.get(legId)?.[counter].splice(index, 1, increase);
    }
    return { edges, rises, checks: new Map(checks.map((check) => [check.legId, check])) };
  },
});

/** How much a counter rose over the whole range; null where not one reading tells. */
export function riseOf(series: CounterSeries): number | null {
  const known = series.filter((rise) => rise !== null);
  return known.length === 0 ? null : known.reduce((sum, rise) => sum + rise, 0);
}

function checkedRange(range: TimeRange, now: Date): TimeRange {
  const to = new Date(Math.min(range.to.getTime(), now.getTime() - SETTLED_MS));
  return { from: new Date(Math.max(range.from.getTime(), to.getTime() - CHECKED_MS)), to };
}

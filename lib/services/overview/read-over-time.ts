import { groupBy } from "@/lib/core/group-by";
import { type StretchState, stretchState } from "@/lib/core/interface/strip-state";
import { knowledgeOf } from "@/lib/core/metric/gaps";
import { lengthMs, type TimeRange } from "@/lib/core/time/range";
import type { InterfaceRecord } from "@/lib/db/interfaces-read";
import type { CountStep, LegCount } from "@/lib/db/leg-counts";
import { readSourceGaps, type SourceGap } from "@/lib/db/source-gaps";
import { readRecentCounts } from "./read-recent-counts";
import { readUsualVolume, type UsualVolume } from "./read-usual-volume";

/** Whole buckets of a range, oldest first, and what happened in each. */
export type OverTime = {
  readonly buckets: readonly TimeRange[];
  /** Messages that came in on one interface, a bucket each; null where nothing is known. */
  readonly messagesOf: (of: InterfaceRecord) => readonly (number | null)[];
  /** What usually comes in on it in the same hours. */
  readonly usualOf: (of: InterfaceRecord) => UsualVolume | undefined;
  /** How a group of interfaces did, a bucket each. */
  readonly statesOf: (group: readonly InterfaceRecord[]) => readonly StretchState[];
};

/** Reads counts over time for small charts: quarters of an hour up to 6 h, hours up to four days, days beyond. */
export async function readOverTime(ask: {
  readonly interfaces: readonly InterfaceRecord[];
  readonly range: TimeRange;
  readonly now: Date;
}): Promise<OverTime> {
  const { interfaces, now } = ask;
  const step = stepOf(ask.range);
  const buckets = bucketsOf(ask.range, stepMs[step]).filter(({ to }) => to <= now);
  const [first, last] = [buckets[0], buckets.at(-1)];
  const whole = first && last ? { from: first.from, to: last.to } : ask.range;
  const legIds = interfaces.flatMap(({ legs }) => legs.map(({ legId }) => legId));
  const [counts, gaps, usualOf] = await Promise.all([
    readRecentCounts({ legIds, range: { from: whole.from, to: ask.range.to }, step, now }),
    readSourceGaps(whole),
    readUsualVolume({ interfaces, buckets, step, now }),
  ]);
  const byLeg = groupBy(counts, ({ legId }) => legId);
  const indexOf = new Map(buckets.map(({ from }, i) => [from.getTime(), i]));
  const countsOf = (of: InterfaceRecord, onlySources: boolean) =>
    of.legs
      .filter(({ direction }) => !onlySources || direction === "source")
      .flatMap(({ legId }) => byLeg.get(legId) ?? []);
  const isKnown = (of: InterfaceRecord, bucket: TimeRange) => isWatched({ of, bucket, gaps, now });
  return {
    buckets,
    usualOf,
    messagesOf: (of) => {
      const sums = sumBuckets(countsOf(of, true), { indexOf, length: buckets.length });
      return sums.map((sum, i) => {
        const bucket = buckets[i];
        return sum > 0 || (bucket && isKnown(of, bucket)) ? sum : null;
      });
    },
    statesOf: (group) => {
      const own = groupBy(
        group.flatMap((of) => countsOf(of, false)),
        ({ fromMs }) => fromMs,
      );
      return buckets.map((bucket) =>
        stretchState(
          own.get(bucket.from.getTime()) ?? [],
          group.some((of) => isKnown(of, bucket)),
        ),
      );
    },
  };
}

const HOUR_MS = 3_600_000;
const stepMs: Readonly<Record<CountStep, number>> = {
  quarter: HOUR_MS / 4,
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
};

function stepOf(range: TimeRange): CountStep {
  if (lengthMs(range) <= 7 * HOUR_MS) return "quarter";
  return lengthMs(range) <= 4 * 24 * HOUR_MS ? "hour" : "day";
}

function bucketsOf(range: TimeRange, ms: number): readonly TimeRange[] {
  const first = Math.floor(range.from.getTime() / ms) * ms;
  const length = Math.ceil((range.to.getTime() - first) / ms);
  return Array.from({ length }, (_, i) => ({
    from: new Date(first + i * ms),
    to: new Date(first + (i + 1) * ms),
  }));
}

function isWatched(ask: {
  readonly of: InterfaceRecord;
  readonly bucket: TimeRange;
  readonly gaps: readonly SourceGap[];
  readonly now: Date;
}): boolean {
  const { of, bucket, now } = ask;
  if (of.isCountedOnly) return false;
  const unknown = ask.gaps.filter(({ sourceId }) => sourceId === of.sourceId);
  return knowledgeOf({ bucket, total: 0, knownFrom: of.knownFrom, unknown, now }) === "measured";
}

function sumBuckets(
  counts: readonly LegCount[],
  { indexOf, length }: { readonly indexOf: ReadonlyMap<number, number>; readonly length: number },
): readonly number[] {
  const sums = Array.from({ length }, () => 0);
  for (const { fromMs, ok, failed, filtered, pending, unknown } of counts) {
    const index = indexOf.get(fromMs);
    if (index !== undefined) sums[index] = (sums[index] ?? 0) + ok + failed + filtered + pending + unknown;
  }
  return sums;
}

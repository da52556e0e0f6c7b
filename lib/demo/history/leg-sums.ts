import { kindOffsets } from "@/lib/core/metric/histogram";
import { encodeBuckets } from "@/lib/core/metric/histogram-codec";
import { bucketOf } from "@/lib/core/metric/latency-buckets";
import { countNames, noCounts, type OutcomeCounts } from "@/lib/core/metric/outcome-counts";
import type { DrawnDelivery, DrawnMessage } from "./drawn-message";

/** Counts and histogram of some deliveries of one leg, added up in place: millions pass through it. */
export type LegSum = {
  add(message: DrawnMessage, delivery: DrawnDelivery): void;
  addSum(other: LegSum): void;
  isEmpty(): boolean;
  counts(): OutcomeCounts;
  /** The histogram as it is stored in hours and days. */
  encode(): Buffer;
  /** One count for each bucket that has one, as minutes are stored. */
  pairs(): { readonly buckets: readonly number[]; readonly counts: readonly number[] };
  forEachBucket(visit: (bucket: number, count: number) => void): void;
  clear(): void;
};

type Counts = { -readonly [Name in keyof OutcomeCounts]: number };

const width = 3 * 1_024;

export function createLegSum(): LegSum {
  const counts: Counts = { ...noCounts };
  const histogram = new Int32Array(width);
  // A histogram is mostly empty: what was touched is remembered instead of looked for.
  let touched: number[] = [];
  const addCount = (bucket: number, count: number) => {
    const before = histogram[bucket] ?? 0;
    if (before === 0) touched.push(bucket);
    histogram[bucket] = before + count;
  };
  const addLatency = (offset: number, latencyMs: number | undefined) => {
    if (latencyMs !== undefined) addCount(offset + bucketOf(latencyMs), 1);
  };
  const buckets = () => {
    touched.sort((one, other) => one - other);
    return touched;
  };
  return {
    counts: () => ({ ...counts }),
    add: (message, delivery) => {
      counts[delivery.outcome] += 1;
      if (delivery.firstOutcome === "ok") counts.firstOk += 1;
      if (delivery.firstOutcome === "failed") counts.firstFailed += 1;
      if (message.replayOf !== undefined) counts.replays += 1;
      const { turnMs, sentMs, ackedMs } = delivery;
      addLatency(kindOffsets.latency, since(message.receivedMs, ackedMs));
      addLatency(kindOffsets.wait, since(turnMs, sentMs));
      addLatency(kindOffsets.partner, since(sentMs, ackedMs));
    },
    addSum: (other) => {
      const more = other.counts();
      for (const name of countNames) counts[name] += more[name];
      other.forEachBucket(addCount);
    },
    forEachBucket: (visit) => {
      for (const bucket of touched) visit(bucket, histogram[bucket] ?? 0);
    },
    isEmpty: () => counts.ok + counts.failed + counts.filtered + counts.pending + counts.unknown === 0,
    encode: () => encodeBuckets(buckets(), histogram),
    pairs: () => ({
      buckets: [...buckets()],
      counts: buckets().map((bucket) => histogram[bucket] ?? 0),
    }),
    clear: () => {
      Object.assign(counts, noCounts);
      for (const bucket of touched) histogram[bucket] = 0;
      touched = [];
    },
  };
}

function since(fromMs: number | undefined, toMs: number | undefined): number | undefined {
  return fromMs === undefined || toMs === undefined ? undefined : toMs - fromMs;
}

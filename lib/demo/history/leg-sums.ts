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
  const histogram = createHistogram();
  return {
    counts: () => ({ ...counts }),
    add: (message, delivery) => {
      counts[delivery.outcome] += 1;
      if (delivery.firstOutcome === "ok") counts.firstOk += 1;
      if (delivery.firstOutcome === "failed") counts.firstFailed += 1;
      if (message.replayOf !== undefined) counts.replays += 1;
      const { turnMs, sentMs, ackedMs } = delivery;
      if (ackedMs === undefined) return;
      histogram.add(kindOffsets.latency + bucketOf(ackedMs - message.receivedMs), 1);
      if (sentMs === undefined) return;
      histogram.add(kindOffsets.wait + bucketOf(sentMs - turnMs), 1);
      histogram.add(kindOffsets.partner + bucketOf(ackedMs - sentMs), 1);
    },
    addSum: (other) => {
      const more = other.counts();
      for (const name of countNames) counts[name] += more[name];
      other.forEachBucket(histogram.add);
    },
    forEachBucket: histogram.forEach,
    isEmpty: () => counts.ok + counts.failed + counts.filtered + counts.pending + counts.unknown === 0,
    encode: () => encodeBuckets(histogram.buckets(), histogram.counts),
    pairs: () => {
      const buckets = histogram.buckets();
      return { buckets, counts: buckets.map((bucket) => histogram.counts[bucket] ?? 0) };
    },
    clear: () => {
      Object.assign(counts, noCounts);
      histogram.clear();
    },
  };
}

/** Counts by bucket. A histogram is mostly empty: which buckets were touched is remembered, a bit for each. */
function createHistogram() {
  const counts = new Int32Array(width);
  const touched = new Uint32Array(width / 32);
  const forEach = (visit: (bucket: number, count: number) => void) => {
    for (let word = 0; word < touched.length; word += 1) {
      for (let left = touched[word] ?? 0; left !== 0; ) {
        const bit = 31 - Math.clz32(left & -left);
        visit(word * 32 + bit, counts[word * 32 + bit] ?? 0);
        left ^= 1 << bit;
      }
    }
  };
  return {
    counts,
    forEach,
    add: (bucket: number, count: number) => {
      counts[bucket] = (counts[bucket] ?? 0) + count;
      const word = bucket >> 5;
      touched[word] = (touched[word] ?? 0) | (1 << (bucket & 31));
    },
    /** Ascending. */
    buckets: () => {
      const buckets: number[] = [];
      forEach((bucket) => buckets.push(bucket));
      return buckets;
    },
    clear: () => {
      forEach((bucket) => {
        counts[bucket] = 0;
      });
      touched.fill(0);
    },
  };
}

import { kindOffsets } from "@/lib/core/metric/histogram";
import { encodeHistogram } from "@/lib/core/metric/histogram-codec";
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
  /** Used by `addSum` and by nobody else. */
  readonly raw: { readonly counts: Counts; readonly histogram: Int32Array };
  clear(): void;
};

type Counts = { -readonly [Name in keyof OutcomeCounts]: number };

const width = 3 * 1_024;

export function createLegSum(): LegSum {
  const counts: Counts = { ...noCounts };
  const histogram = new Int32Array(width);
  const addLatency = (offset: number, latencyMs: number | undefined) => {
    if (latencyMs === undefined) return;
    const bucket = offset + bucketOf(latencyMs);
    histogram[bucket] = (histogram[bucket] ?? 0) + 1;
  };
  return {
    raw: { counts, histogram },
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
    addSum: ({ raw }) => {
      for (const name of countNames) counts[name] += raw.counts[name];
      for (let bucket = 0; bucket < width; bucket += 1) {
        const more = raw.histogram[bucket] ?? 0;
        if (more !== 0) histogram[bucket] = (histogram[bucket] ?? 0) + more;
      }
    },
    isEmpty: () => counts.ok + counts.failed + counts.filtered + counts.pending + counts.unknown === 0,
    counts: () => ({ ...counts }),
    encode: () => encodeHistogram(histogram),
    pairs: () => {
      const buckets: number[] = [];
      for (let bucket = 0; bucket < width; bucket += 1) if (histogram[bucket] !== 0) buckets.push(bucket);
      return { buckets, counts: buckets.map((bucket) => histogram[bucket] ?? 0) };
    },
    clear: () => {
      Object.assign(counts, noCounts);
      histogram.fill(0);
    },
  };
}

function since(fromMs: number | undefined, toMs: number | undefined): number | undefined {
  return fromMs === undefined || toMs === undefined ? undefined : toMs - fromMs;
}

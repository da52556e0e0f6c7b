import { estimateMs } from "./latency-buckets";

/** The three latencies of a delivery share one sparse histogram: a kind is an offset added to the bucket. */
export const histogramKinds = ["latency", "wait", "partner"] as const;
export type HistogramKind = (typeof histogramKinds)[number];

export const kindOffsets: Readonly<Record<HistogramKind, number>> = { latency: 0, wait: 1024, partner: 2048 };

/** Sparse histogram: bucket (with its kind's offset) → how many deliveries, never 0. */
export type Histogram = ReadonlyMap<number, number>;

export const emptyHistogram: Histogram = new Map();

/** The sum of any number of histograms. Counts are integers, so the order does not matter. */
export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  const merged = new Map<number, number>();
  for (const histogram of histograms) addInto({ target: merged, histogram, sign: 1 });
  return merged;
}

/** `total` without `part`; the part must have been merged into it before. */
export function subtractHistogram(total: Histogram, part: Histogram): Histogram {
  const left = new Map(total);
  addInto({ target: left, histogram: part, sign: -1 });
  return left;
}

/** A histogram from pairs that may name a bucket more than once, as minute rollups do. */
export function histogramFromPairs(pairs: {
  readonly buckets: readonly number[];
  readonly counts: readonly number[];
}): Histogram {
  const histogram = new Map<number, number>();
  pairs.buckets.forEach((bucket, i) => {
    histogram.set(bucket, (histogram.get(bucket) ?? 0) + (pairs.counts[i] ?? 0));
  });
  return histogram;
}

/** How many deliveries carry a latency of this kind. */
export function histogramCount(histogram: Histogram, kind: HistogramKind): number {
  const offset = kindOffsets[kind];
  let count = 0;
  for (const [bucket, n] of histogram) if (bucket >= offset && bucket < offset + KIND_WIDTH) count += n;
  return count;
}

/** One kind alone, as [bucket without offset, count] in ascending order of latency. */
export function kindBuckets(
  histogram: Histogram,
  kind: HistogramKind,
): readonly (readonly [number, number])[] {
  const offset = kindOffsets[kind];
  return [...histogram]
    .filter(([bucket]) => bucket >= offset && bucket < offset + KIND_WIDTH)
    .map(([bucket, count]): readonly [number, number] => [bucket - offset, count])
    .sort(([a], [b]) => a - b);
}

export type Percentiles = {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
};

/** p50, p95 and p99 of one kind in milliseconds, each null without samples. */
export function percentilesOf(histogram: Histogram, kind: HistogramKind): Percentiles {
  const buckets = kindBuckets(histogram, kind);
  const count = buckets.reduce((sum, [, n]) => sum + n, 0);
  const at = (share: number) => quantile({ buckets, count, share });
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/**
 * The smallest value that at least `share` of the samples do not exceed (inverted CDF, PostgreSQL's percentile_disc),
 * within RELATIVE_ERROR. null without samples.
 */
export function percentile(ask: {
  readonly histogram: Histogram;
  readonly kind: HistogramKind;
  readonly share: number;
}): number | null {
  const buckets = kindBuckets(ask.histogram, ask.kind);
  const count = buckets.reduce((sum, [, n]) => sum + n, 0);
  return quantile({ buckets, count, share: ask.share });
}

const KIND_WIDTH = 1024;

function quantile(ask: {
  readonly buckets: readonly (readonly [number, number])[];
  readonly count: number;
  readonly share: number;
}): number | null {
  const rank = Math.max(1, Math.ceil(ask.share * ask.count));
  let seen = 0;
  for (const [bucket, n] of ask.buckets) {
    seen += n;
    if (seen >= rank) return estimateMs(bucket);
  }
  return null;
}

function addInto(change: {
  readonly target: Map<number, number>;
  readonly histogram: Histogram;
  readonly sign: 1 | -1;
}): void {
  for (const [bucket, count] of change.histogram) {
    const next = (change.target.get(bucket) ?? 0) + change.sign * count;
    if (next === 0) change.target.delete(bucket);
    else change.target.set(bucket, next);
  }
}

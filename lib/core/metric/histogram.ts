import { encodeHistogram, readHistogram } from "./histogram-codec";
import { estimateMs } from "./latency-buckets";

/** The three latencies of a delivery share one histogram: a kind is an offset added to the bucket. */
export const histogramKinds = ["latency", "wait", "partner"] as const;
export type HistogramKind = (typeof histogramKinds)[number];

export const kindOffsets: Readonly<Record<HistogramKind, number>> = { latency: 0, wait: 1024, partner: 2048 };

/** p50, p95 and p99 in milliseconds, each null without samples. */
export type Percentiles = {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
};

export const noPercentiles: Percentiles = { p50: null, p95: null, p99: null };

/** How many deliveries fell into one latency bucket (without its kind's offset). */
export type BucketCount = { readonly bucket: number; readonly count: number };

/** Working memory that histograms are added into; one can serve many sums, cleared between them. */
export type Tally = {
  readonly add: (histogram: Buffer) => void;
  /** Takes away what had been added before, as part of this or of a sum. */
  readonly subtract: (histogram: Buffer) => void;
  /** Adds pairs that may name a bucket more than once, as minute rollups do. */
  readonly addPairs: (pairs: {
    readonly buckets: readonly number[];
    readonly counts: readonly number[];
  }) => void;
  readonly percentiles: (kind: HistogramKind) => Percentiles;
  /** Buckets of one kind that have a count, ascending. */
  readonly buckets: (kind: HistogramKind) => readonly BucketCount[];
  /** The sum as a histogram: the same bytes in whatever order its parts were added. */
  readonly encode: () => Buffer;
  readonly clear: () => void;
};

/** An empty tally. Counts are integers, so sums are exact and the order of adding makes no difference. */
export function createTally(): Tally {
  const counts = new Float64Array(WIDTH);
  const change = (bucket: number, count: number) => {
    counts[bucket] = (counts[bucket] ?? 0) + count;
  };
  return {
    add: (histogram) => readHistogram(histogram, change),
    subtract: (histogram) => readHistogram(histogram, (bucket, count) => change(bucket, -count)),
    addPairs: (pairs) => {
      pairs.buckets.forEach((bucket, i) => {
        change(bucket, pairs.counts[i] ?? 0);
      });
    },
    percentiles: (kind) => percentilesOf(counts, kindOffsets[kind]),
    buckets: (kind) => bucketsOf(counts, kindOffsets[kind]),
    encode: () => encodeHistogram(counts),
    clear: () => {
      counts.fill(0);
    },
  };
}

/** The sum of histograms, as bytes. */
export function mergeHistograms(histograms: Iterable<Buffer>): Buffer {
  const tally = createTally();
  for (const histogram of histograms) tally.add(histogram);
  return tally.encode();
}

const KIND_WIDTH = 1024;
const WIDTH = KIND_WIDTH * histogramKinds.length;

/**
 * Inverted CDF (PostgreSQL's percentile_disc): the smallest value that at least this share of the samples do not
 * exceed, within the buckets' relative error.
 */
function percentilesOf(counts: Float64Array, offset: number): Percentiles {
  let total = 0;
  for (let i = offset; i < offset + KIND_WIDTH; i++) total += counts[i] ?? 0;
  if (total === 0) return noPercentiles;
  // Rounded before ceil: 0.95 × 20 is a little more than 19 in binary.
  const rankOf = (share: number) => Math.max(1, Math.ceil(Math.round(share * total * 1e6) / 1e6));
  const ranks = [rankOf(0.5), rankOf(0.95), rankOf(0.99)];
  const found: number[] = [];
  let seen = 0;
  for (let i = offset; found.length < ranks.length && i < offset + KIND_WIDTH; i++) {
    seen += counts[i] ?? 0;
    while (seen >= (ranks[found.length] ?? Number.POSITIVE_INFINITY)) found.push(estimateMs(i - offset));
  }
  return { p50: found[0] ?? null, p95: found[1] ?? null, p99: found[2] ?? null };
}

function bucketsOf(counts: Float64Array, offset: number): readonly BucketCount[] {
  const buckets: BucketCount[] = [];
  for (let i = 0; i < KIND_WIDTH; i++) {
    const count = counts[offset + i] ?? 0;
    if (count !== 0) buckets.push({ bucket: i, count });
  }
  return buckets;
}

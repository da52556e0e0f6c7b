import type { BucketCount } from "./histogram";
import { bucketOf, bucketSpan, MAX_LATENCY_MS } from "./latency-buckets";

/** Latencies from `fromMs` up to, not including, `toMs`. */
export type LatencyBand = { readonly fromMs: number; readonly toMs: number };

/**
 * Rows of a latency heatmap: steps of 1-2-5 moved to the next bucket's start, so that a cell's count is exactly the
 * number of messages with a latency in its band.
 */
export const latencyBands: readonly LatencyBand[] = buildBands();

/** How many of these bucket counts fall into each band, in the order of latencyBands. */
export function countBands(buckets: readonly BucketCount[]): readonly number[] {
  const counts = latencyBands.map(() => 0);
  for (const { bucket, count } of buckets) {
    const band = bandOf(bucketSpan(bucket).firstMs);
    counts[band] = (counts[band] ?? 0) + count;
  }
  return counts;
}

function bandOf(latencyMs: number): number {
  return latencyBands.findLastIndex(({ fromMs }) => fromMs <= latencyMs);
}

function buildBands(): readonly LatencyBand[] {
  const starts = [0];
  for (let decade = 1; decade <= 100_000_000; decade *= 10) {
    for (const step of [1, 2, 5]) starts.push(bucketSpan(bucketOf(decade * step)).firstMs);
  }
  return starts.map((fromMs, i) => ({ fromMs, toMs: starts[i + 1] ?? MAX_LATENCY_MS + 1 }));
}

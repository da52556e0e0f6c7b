/** The largest latency a delivery can carry: what PostgreSQL's integer holds, almost 25 days. */
export const MAX_LATENCY_MS = 2_147_483_647;

/**
 * Lower bounds of the latency buckets in whole milliseconds, ascending from 0. Bucket i holds the integers from
 * bounds[i] up to bounds[i + 1] − 1. The SQL function `signal.latency_edges()` returns the same numbers: integers,
 * because two logarithms need not agree at an edge.
 */
export const latencyBounds: readonly number[] = buildBounds();

/** The bucket of a latency in whole milliseconds, 0 … MAX_LATENCY_MS. */
export function bucketOf(latencyMs: number): number {
  let low = 0;
  let high = latencyBounds.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (boundOf(middle) <= latencyMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What a bucket stands for, in milliseconds: 2ab/(a+b), off by the same share at both of its ends a and b. */
export function estimateMs(bucket: number): number {
  const first = boundOf(bucket);
  if (first === 0) return 0;
  const last = lastOf(bucket);
  return (2 * first * last) / (first + last);
}

/** First and last whole millisecond of a bucket. */
export function bucketSpan(bucket: number): { readonly firstMs: number; readonly lastMs: number } {
  return { firstMs: boundOf(bucket), lastMs: lastOf(bucket) };
}

/** Widest [a, b] with (b − a) / (b + a) ≤ 1 %, which is 99 b ≤ 101 a: integers only, so no rounding can differ. */
function buildBounds(): readonly number[] {
  const bounds = [0];
  for (let first = 1; first <= MAX_LATENCY_MS; first = Math.floor((101 * first) / 99) + 1) bounds.push(first);
  return bounds;
}

function boundOf(bucket: number): number {
  return latencyBounds[bucket] ?? MAX_LATENCY_MS;
}

function lastOf(bucket: number): number {
  const next = latencyBounds[bucket + 1];
  return next === undefined ? MAX_LATENCY_MS : next - 1;
}

/** Latency rows of a heatmap: edges in milliseconds, ascending, one more than there are rows; about equal steps on a log scale. */
export type LatencyEdges = readonly number[];

/**
 * Row edges that hold latencies from `minMs` to `maxMs`, six rows a decade from 1 ms on. The first row starts at 0, since a
 * latency below the first edge has to stand somewhere.
 */
export function latencyRowEdges({
  minMs,
  maxMs,
}: {
  readonly minMs: number;
  readonly maxMs: number;
}): LatencyEdges {
  const first = Math.max(
    1,
    ladder.findLastIndex((edge) => edge <= minMs),
  );
  const last = ladder.findIndex((edge) => edge > maxMs);
  const edges = ladder.slice(first, last === -1 ? undefined : Math.max(last, first + 3) + 1);
  return [0, ...edges];
}

/** Counts of one bucket by row, from pairs of latency and count such as a histogram gives. */
export function foldIntoRows(
  pairs: Iterable<readonly [number, number]>,
  edges: LatencyEdges,
): readonly number[] {
  const counts = Array.from({ length: edges.length - 1 }, () => 0);
  for (const [latencyMs, count] of pairs) {
    const row = rowOf(latencyMs, edges);
    counts[row] = (counts[row] ?? 0) + count;
  }
  return counts;
}

/** Height of a latency above the bottom, 0–1, interpolated on a log scale within its row. */
export function heightOf(latencyMs: number, edges: LatencyEdges): number {
  const row = rowOf(latencyMs, edges);
  const low = Math.max(0.5, edges[row] ?? 0.5);
  const high = edges[row + 1] ?? low;
  const share = high > low ? Math.log(Math.max(low, latencyMs) / low) / Math.log(high / low) : 0;
  return (row + Math.min(1, share)) / (edges.length - 1);
}

/** Depth of a cell, 0 (empty) to 6, on a log scale: one message must be seen beside ten thousand. */
export function heatLevel(count: number, max: number): HeatLevel {
  if (count <= 0) return 0;
  const share = max <= 1 ? 1 : Math.log(1 + count) / Math.log(1 + max);
  return levels[Math.min(6, Math.max(1, Math.ceil(share * 6)))] ?? 6;
}
const levels = [0, 1, 2, 3, 4, 5, 6] as const;
export type HeatLevel = (typeof levels)[number];

const ladder: readonly number[] = [0, 1, 2, 3, 5, 7].concat(
  [10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000].flatMap((decade) =>
    [1, 1.5, 2.2, 3.3, 4.7, 6.8].map((step) => Math.round(decade * step)),
  ),
);

function rowOf(latencyMs: number, edges: LatencyEdges): number {
  const above = edges.findIndex((edge) => edge > latencyMs);
  return above === -1 ? edges.length - 2 : Math.max(0, above - 1);
}

import { latencyAround, type Random, seededRandom } from "../random";

/** Draws latencies in whole milliseconds from a table made once: millions of them are needed. */
export type LatencyDraw = (random: Random) => number;

const tableSize = 4_096;

/** Log-normal around the median, as the stub engine draws them. */
export function latencyDraw(shape: { readonly medianMs: number; readonly spread: number }): LatencyDraw {
  const random = seededRandom("latency table", shape.medianMs, shape.spread);
  const table = Int32Array.from({ length: tableSize }, () => latencyAround(random, shape));
  return (from) => table[Math.floor(from() * tableSize)] ?? shape.medianMs;
}

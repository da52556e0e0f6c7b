import { groupBy } from "@/lib/core/group-by";
import { createTally } from "@/lib/core/metric/histogram";
import type { Sum } from "@/lib/core/metric/measured";
import { addCounts, noCounts, type OutcomeCounts, subtractCounts } from "@/lib/core/metric/outcome-counts";
import { type Bucket, nominalMs } from "@/lib/core/time/bucket";
import { type LegSum, readDaySums, readHourSums, readMinuteSums, readSinceMidnight } from "./rollup-sums";

/**
 * What all of these legs together counted in each bucket [edges[i], edges[i + 1]). Minute buckets are read from minutes,
 * hours from hours, and days (of any zone) from UTC days put right by the hours at their edges. Edges within an hour
 * are cut down to it, except for minute buckets.
 */
export async function readSeriesSums(ask: {
  readonly legIds: readonly number[];
  readonly edges: readonly Date[];
  readonly bucket: Bucket;
}): Promise<readonly Sum[]> {
  const { legIds, bucket } = ask;
  const edges = ask.edges.map((edge) => edge.getTime());
  const first = edges[0];
  const last = edges.at(-1);
  if (first === undefined || last === undefined) return [];
  const range = { from: new Date(first), to: new Date(last) };
  switch (bucket.unit) {
    case "minute": {
      const parts = await readMinuteSums({ legIds, range, stepMs: nominalMs(bucket) });
      return sumParts(edges.length - 1, placeByStart(parts, edges));
    }
    case "hour": {
      const hours = edges.map((edge) => floorTo(edge, HOUR_MS));
      const parts = await readHourSums({
        legIds,
        range: { from: new Date(hours[0] ?? first), to: range.to },
      });
      return sumParts(edges.length - 1, placeByStart(parts, hours));
    }
    case "day":
      return daySums(legIds, edges);
  }
}

/** A sum that is added to one bucket, or taken away from it. */
type Part = { readonly index: number; readonly sign: 1 | -1; readonly sum: Sum };

/**
 * [a, b) in whole UTC days from a's day to b's day, plus what b's own day had counted by b, less what a's had by a.
 */
async function daySums(legIds: readonly number[], edges: readonly number[]): Promise<readonly Sum[]> {
  const days = edges.map((edge) => floorTo(edge, DAY_MS));
  const range = { from: new Date(days[0] ?? 0), to: new Date(days.at(-1) ?? 0) };
  const inDay = edges.filter((edge) => floorTo(edge, HOUR_MS) % DAY_MS !== 0).map((edge) => new Date(edge));
  const [own, corrections] = await Promise.all([
    readDaySums({ legIds, range }),
    inDay.length === 0 ? [] : readSinceMidnight({ legIds, instants: inDay }),
  ]);
  const indexOfEdge = new Map(edges.map((edge, i) => [edge, i]));
  const atEdges = corrections.flatMap((sum): readonly Part[] => {
    const i = indexOfEdge.get(sum.startMs) ?? 0;
    return [
      { index: i - 1, sign: 1, sum },
      { index: i, sign: -1, sum },
    ];
  });
  return sumParts(edges.length - 1, [...placeByStart(own, days), ...atEdges]);
}

/** Each sum to the bucket in which it starts. Equal neighbouring starts leave a bucket of its own empty. */
function placeByStart(sums: readonly LegSum[], starts: readonly number[]): readonly Part[] {
  return sums.map((sum) => ({ index: lastAtOrBefore(starts, sum.startMs), sign: 1, sum }));
}

function lastAtOrBefore(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? Number.POSITIVE_INFINITY) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function sumParts(length: number, parts: readonly Part[]): readonly Sum[] {
  const byBucket = groupBy(parts, ({ index }) => index);
  const tally = createTally();
  return Array.from({ length }, (_, index) => {
    tally.clear();
    let counts: OutcomeCounts = noCounts;
    for (const { sign, sum } of byBucket.get(index) ?? []) {
      counts = sign === 1 ? addCounts(counts, sum.counts) : subtractCounts(counts, sum.counts);
      if (sign === 1) tally.add(sum.hist);
      else tally.subtract(sum.hist);
    }
    return { counts, hist: tally.encode() };
  });
}

function floorTo(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

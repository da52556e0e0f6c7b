import { lengthMs, type TimeRange } from "./range";
import { startOfDay } from "./zone";

/** Width of a chart's bucket. The unit names the rollup tier that answers it; days are calendar days of a zone. */
export type Bucket = { readonly unit: "minute" | "hour" | "day"; readonly count: number };

/** Buckets are never more than this on one chart: below about 2 px a bar says nothing. */
export const MAX_BUCKETS = 400;

/** The finest bucket that keeps a range within MAX_BUCKETS. Minutes reach back as far as minute rollups, hours 13 months, days beyond. */
export function chooseBucket(range: TimeRange, maxBuckets: number = MAX_BUCKETS): Bucket {
  const fits = ladder.find((bucket) => lengthMs(range) / nominalMs(bucket) <= maxBuckets);
  return fits ?? coarsest;
}

/**
 * Edges of the buckets that cover `range`, ascending: bucket i is [edges[i], edges[i+1]). The first edge is at or before
 * `from`, the last at or after `to`. Minutes and single hours follow UTC; longer steps restart at midnight in `zone`,
 * so a day of 23 or 25 hours ends with a shorter bucket rather than shifting every later one.
 */
export function bucketEdges({ range, bucket, zone }: BucketEdges): readonly Date[] {
  const stepMs = nominalMs(bucket);
  if (bucket.unit === "minute" || (bucket.unit === "hour" && bucket.count === 1)) {
    const first = Math.floor(range.from.getTime() / stepMs) * stepMs;
    const steps = Math.ceil((range.to.getTime() - first) / stepMs);
    return Array.from({ length: steps + 1 }, (_, i) => new Date(first + i * stepMs));
  }
  return bucket.unit === "hour" ? hourEdges({ range, stepMs, zone }) : dayEdges({ range, bucket, zone });
}
type BucketEdges = { readonly range: TimeRange; readonly bucket: Bucket; readonly zone: string };

/** Length of a bucket on a day without clock change, in milliseconds. */
export function nominalMs({ unit, count }: Bucket): number {
  switch (unit) {
    case "minute":
      return count * 60_000;
    case "hour":
      return count * 3_600_000;
    case "day":
      return count * 86_400_000;
  }
}

/** "1 min", "2 h", "1 day": what one bar stands for. */
export function bucketTitle({ unit, count }: Bucket): string {
  switch (unit) {
    case "minute":
      return `${count} min`;
    case "hour":
      return `${count} h`;
    case "day":
      return count === 1 ? "1 day" : `${count} days`;
  }
}

const coarsest: Bucket = { unit: "day", count: 7 };
const ladder: readonly Bucket[] = [
  { unit: "minute", count: 1 },
  { unit: "minute", count: 5 },
  { unit: "minute", count: 15 },
  { unit: "hour", count: 1 },
  { unit: "hour", count: 2 },
  { unit: "hour", count: 6 },
  { unit: "day", count: 1 },
  coarsest,
];

function hourEdges({ range, stepMs, zone }: { range: TimeRange; stepMs: number; zone: string }): Date[] {
  const edges: Date[] = [];
  let day = startOfDay({ instant: range.from, zone });
  while (day < range.to) {
    const nextDay = startOfDay({ instant: day, zone, days: 1 });
    for (let ms = day.getTime(); ms < nextDay.getTime(); ms += stepMs) edges.push(new Date(ms));
    day = nextDay;
  }
  edges.push(day);
  return trimToRange(edges, range);
}

function dayEdges({ range, bucket, zone }: BucketEdges): Date[] {
  const edges = [startOfDay({ instant: range.from, zone })];
  for (let edge = edges[0]; edge && edge < range.to; ) {
    edge = startOfDay({ instant: edge, zone, days: bucket.count });
    edges.push(edge);
  }
  return edges;
}

/** Drops whole buckets outside the range, keeping the edge at or before `from` and the one at or after `to`. */
function trimToRange(edges: readonly Date[], { from, to }: TimeRange): Date[] {
  return edges.filter((_, i) => {
    const next = edges[i + 1];
    const previous = edges[i - 1];
    return (next === undefined || next > from) && (previous === undefined || previous < to);
  });
}

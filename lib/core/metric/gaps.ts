import type { TimeRange } from "@/lib/core/time/range";

/** What is known of one bucket: measured, nothing can be said (drawn as a gap), or it has not come yet. */
export type Knowledge = "measured" | "unknown" | "future";

/**
 * Whether a bucket's count is a figure or a gap. A bucket with messages is measured. An empty one is only a zero where
 * we were watching all the time: after `knownFrom`, outside every unknown interval, and before `now`.
 */
export function knowledgeOf(ask: {
  readonly bucket: TimeRange;
  readonly total: number;
  readonly knownFrom: Date | undefined;
  readonly unknown: readonly TimeRange[];
  readonly now: Date;
}): Knowledge {
  const { bucket, knownFrom } = ask;
  if (ask.total > 0) return "measured";
  if (bucket.from >= ask.now) return "future";
  if (knownFrom === undefined || bucket.from < knownFrom) return "unknown";
  const isTouched = ask.unknown.some(({ from, to }) => from < bucket.to && to > bucket.from);
  return isTouched ? "unknown" : "measured";
}

/** How many milliseconds of a range nothing can be said about; overlapping intervals count once. */
export function unknownMs(range: TimeRange, unknown: readonly TimeRange[]): number {
  let covered = 0;
  let reached = range.from.getTime();
  for (const { from, to } of [...unknown].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    const start = Math.max(from.getTime(), reached);
    const end = Math.min(to.getTime(), range.to.getTime());
    if (end <= start) continue;
    covered += end - start;
    reached = end;
  }
  return covered;
}

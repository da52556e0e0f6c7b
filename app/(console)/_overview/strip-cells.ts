import type { StripCell } from "@/components/charts/strip-runs";
import { formatCount } from "@/components/ui/format-number";
import type { StretchState } from "@/lib/core/interface/strip-state";
import type { TimeRange } from "@/lib/core/time/range";

/** What a strip draws: a cell a bucket, with its state in words. */
export function stripCells(
  states: readonly StretchState[],
  buckets: readonly TimeRange[],
): readonly StripCell[] {
  return states.flatMap((stretch, i) => {
    const bucket = buckets[i];
    if (bucket === undefined) return [];
    return [
      {
        fromMs: bucket.from.getTime(),
        toMs: bucket.to.getTime(),
        state: stretch.level,
        label: labelOf(stretch),
      },
    ];
  });
}

function labelOf({ level, failed, ended }: StretchState): string {
  if (level === "unknown") return "not known";
  return ended === 0 ? "no messages" : `${formatCount(failed)} failed of ${formatCount(ended)}`;
}

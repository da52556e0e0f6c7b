import { Figure } from "@/components/ui/figure";
import { formatCount } from "@/components/ui/format-number";
import { formatDuration } from "@/lib/core/time/format";
import type { InterfaceRow } from "@/lib/services/overview/interface-row";

/** How many messages wait now, and for how long the first of them has. */
export function QueueFigure({ row }: { readonly row: InterfaceRow }) {
  const { queueDepth, headAgeMs } = row;
  return (
    <Figure label="Queue now" value={formatCount(queueDepth)} context={contextOf(queueDepth, headAgeMs)} />
  );
}

function contextOf(queueDepth: number | null, headAgeMs: number | null): string {
  if (queueDepth === null) return "the source tells no depth";
  if (queueDepth === 0) return "nothing waits";
  return headAgeMs === null
    ? "how long the first waits is not known"
    : `the first waits ${formatDuration(headAgeMs)}`;
}

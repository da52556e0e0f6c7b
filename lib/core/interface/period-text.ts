import { formatClock, formatRange, isSameDay } from "../time/format";
import type { TimeRange } from "../time/range";
import { zonedParts } from "../time/zone";

/** A time that is over, as people say it: "last night 02:10–04:35", "today 09:10–09:40", else with its day. */
export function formatPeriod({ from, to, zone, now }: Period): string {
  if (!isSameDay({ at: to, other: now, zone })) return formatRange({ range: { from, to }, zone, now });
  const clocks = `${formatClock({ at: from, zone })}–${formatClock({ at: to, zone })}`;
  if (zonedParts(to, zone).hour < MORNING_HOUR) return `last night ${clocks}`;
  return isSameDay({ at: from, other: now, zone })
    ? `today ${clocks}`
    : formatRange({ range: { from, to }, zone, now });
}
type Period = TimeRange & { readonly zone: string; readonly now: Date };

/** What ended before seven in the morning of today happened in the night. */
const MORNING_HOUR = 7;

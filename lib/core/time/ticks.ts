import { formatClock, formatDay } from "./format";
import { lengthMs, type TimeRange } from "./range";
import { instantAt, startOfDay, zonedParts } from "./zone";

export type TimeTick = { readonly at: Date; readonly label: string };

/**
 * Labels for a time axis: at most `maxCount` round clock times of `zone` within `range`, each step restarting at midnight.
 * Midnights read "24 Nov", other times "06:00", first days of months "Nov" or, in January, the year.
 */
export function timeTicks({ range, zone, maxCount }: TimeTicks): readonly TimeTick[] {
  const wantedMs = lengthMs(range) / Math.max(1, maxCount);
  const step = dayStepsMs.find((ms) => ms >= wantedMs);
  if (step !== undefined) return withinDays({ range, zone, step });
  const days = [1, 2, 7, 14].find((count) => count * DAY_MS >= wantedMs);
  if (days !== undefined) return everyDays({ range, zone, days });
  const months = [1, 2, 3, 6, 12].find((count) => count * 30.4 * DAY_MS >= wantedMs) ?? 24;
  return everyMonths({ range, zone, months });
}
type TimeTicks = { readonly range: TimeRange; readonly zone: string; readonly maxCount: number };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const dayStepsMs = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE_MS);

function withinDays({ range, zone, step }: { range: TimeRange; zone: string; step: number }): TimeTick[] {
  const ticks: TimeTick[] = [];
  let day = startOfDay({ instant: range.from, zone });
  while (day <= range.to) {
    const nextDay = startOfDay({ instant: day, zone, days: 1 });
    // The wall clock is asked for each step, so that 12:00 stays 12:00 on a day of 23 or 25 hours.
    const { year, month, day: date } = zonedParts(day, zone);
    for (let minute = 0; minute < 1440; minute += step / MINUTE_MS) {
      const at = minute === 0 ? day : instantAt({ year, month, day: date, minute }, zone);
      if (at >= range.from && at <= range.to && at < nextDay) {
        ticks.push({ at, label: minute === 0 ? formatDayOfYear(at, zone) : formatClock({ at, zone }) });
      }
    }
    day = nextDay;
  }
  return ticks;
}

function everyDays({ range, zone, days }: { range: TimeRange; zone: string; days: number }): TimeTick[] {
  const ticks: TimeTick[] = [];
  let at = startOfDay({ instant: range.from, zone });
  if (at < range.from) at = startOfDay({ instant: at, zone, days: 1 });
  while (at <= range.to) {
    ticks.push({ at, label: formatDayOfYear(at, zone) });
    at = startOfDay({ instant: at, zone, days });
  }
  return ticks;
}

function everyMonths({
  range,
  zone,
  months,
}: {
  range: TimeRange;
  zone: string;
  months: number;
}): TimeTick[] {
  const { year } = zonedParts(range.from, zone);
  const ticks: TimeTick[] = [];
  for (let month = 1; ; month += months) {
    const at = instantAt({ year, month, day: 1 }, zone);
    if (at > range.to) return ticks;
    if (at >= range.from) ticks.push({ at, label: monthLabel(at, zone) });
  }
}

function monthLabel(at: Date, zone: string): string {
  const { year, month } = zonedParts(at, zone);
  return month === 1 ? String(year) : (formatDayOfYear(at, zone).split(" ")[1] ?? "");
}

/** "24 Nov": the axis' neighbours tell the year. */
function formatDayOfYear(at: Date, zone: string): string {
  return formatDay({ at, zone, now: at });
}

import type { TimeRange } from "./range";
import { zonedParts, zoneOffsetMinutes } from "./zone";

/** "02:14" in the zone; with seconds "02:14:09". */
export function formatClock({ at, zone, withSeconds = false }: InZone & { withSeconds?: boolean }): string {
  const { hour, minute, second } = zonedParts(at, zone);
  return [hour, minute, ...(withSeconds ? [second] : [])].map(twoDigits).join(":");
}

/** "24 Nov", or "24 Nov 2025" when the year is not that of `now`. */
export function formatDay({ at, zone, now }: InZone & { readonly now?: Date }): string {
  const { year, month, day } = zonedParts(at, zone);
  const isThisYear = now !== undefined && zonedParts(now, zone).year === year;
  return `${day} ${monthNames[month - 1]}${isThisYear ? "" : ` ${year}`}`;
}

/** "Tue 24 Nov 02:14"; leaves the day out when `at` is on the calendar day of `now`: "02:14". */
export function formatMoment({ at, zone, now, withSeconds = false }: Moment): string {
  const clock = formatClock({ at, zone, withSeconds });
  if (now !== undefined && isSameDay({ at, other: now, zone })) return clock;
  const weekday = weekdayNames[zonedParts(at, zone).weekday];
  return `${weekday} ${formatDay({ at, zone, ...(now ? { now } : {}) })} ${clock}`;
}
type Moment = InZone & { readonly now?: Date; readonly withSeconds?: boolean };

/** "Tue 24 Nov 18:00 – Wed 25 Nov 07:15"; the second day is left out when it is the first one's. */
export function formatRange({ range, zone, now }: FormatRange): string {
  const dated = now ? { now } : {};
  const day = (at: Date) =>
    `${weekdayNames[zonedParts(at, zone).weekday]} ${formatDay({ at, zone, ...dated })}`;
  const { from, to } = range;
  const end = formatClock({ at: to, zone });
  const endDay = isSameDay({ at: to, other: from, zone }) ? "" : `${day(to)} `;
  return `${day(from)} ${formatClock({ at: from, zone })} – ${endDay}${end}`;
}
type FormatRange = { readonly range: TimeRange; readonly zone: string; readonly now?: Date };

/** "UTC+01:00", "UTC−05:00" or "UTC": the offset in force at `at`. */
export function formatOffset({ at, zone }: InZone): string {
  const minutes = zoneOffsetMinutes(at, zone);
  if (minutes === 0) return "UTC";
  const sign = minutes < 0 ? "−" : "+";
  const size = Math.abs(minutes);
  return `UTC${sign}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

/** "just now", "5 min ago", "5 h ago", "3 days ago", "in 2 h". Whole units, rounded towards now. */
export function formatAgo({ at, now }: { readonly at: Date; readonly now: Date }): string {
  const differenceMs = now.getTime() - at.getTime();
  const sizeMs = Math.abs(differenceMs);
  if (sizeMs < 45_000) return "just now";
  const span = coarseSpan(Math.max(sizeMs, MINUTE_MS));
  return differenceMs > 0 ? `${span} ago` : `in ${span}`;
}

/** A duration for reading: "850 ms", "1.24 s", "12.4 s", "3 min 05 s", "2 h 10 min", "3 d 4 h". `null` is "—": measured, no value. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return "—";
  const sign = ms < 0 ? "−" : "";
  const size = Math.abs(ms);
  if (size < 999.5) return `${sign}${Math.round(size)} ms`;
  if (size < 59_950) return `${sign}${trimmed(size / 1000)} s`;
  const seconds = Math.round(size / 1000);
  if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(size / MINUTE_MS);
  if (minutes < 1440) return `${sign}${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
  const hours = Math.round(size / HOUR_MS);
  return `${sign}${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function isSameDay({ at, other, zone }: InZone & { readonly other: Date }): boolean {
  const [a, b] = [zonedParts(at, zone), zonedParts(other, zone)];
  return a.year === b.year && a.month === b.month && a.day === b.day;
}

type InZone = { readonly at: Date; readonly zone: string };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
// Written out rather than asked of Intl: server and browser must print the same letters whatever their ICU versions.
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function coarseSpan(ms: number): string {
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} h`;
  return `${Math.floor(ms / DAY_MS)} days`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** Three significant digits without trailing zeros: 1.24, 12.4, 2. */
function trimmed(value: number): string {
  return String(Number(value.toPrecision(3)));
}

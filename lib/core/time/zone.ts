/** Wall-clock fields of an instant in a zone. `month` is 1–12, `weekday` 0 = Sunday. */
export type ZonedParts = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
};
/** A wall-clock time without a zone; fields may overflow (day 0, hour 25) and are carried over. */
export type WallTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
};

/** True for an IANA zone name this runtime knows, such as "Europe/Berlin" or "UTC". */
export function isZone(name: string): boolean {
  // Bare offsets ("+01:00") are accepted by Intl but have no calendar rules; links should carry a place.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatterFor(name);
    return true;
  } catch {
    return false;
  }
}

/** Wall-clock fields of `instant` in `zone`. Throws RangeError for an unknown zone. */
export function zonedParts(instant: Date, zone: string): ZonedParts {
  const fields = new Map(
    formatterFor(zone)
      .formatToParts(instant)
      .map((part) => [part.type, Number(part.value)]),
  );
  const field = (name: Intl.DateTimeFormatPartTypes) => fields.get(name) ?? 0;
  const [year, month, day] = [field("year"), field("month"), field("day")];
  return {
    year,
    month,
    day,
    hour: field("hour"),
    minute: field("minute"),
    second: field("second"),
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
  };
}

/** Minutes that `zone` is ahead of UTC at `instant` (60 for UTC+01:00). */
export function zoneOffsetMinutes(instant: Date, zone: string): number {
  if (zone === "UTC") return 0;
  const known = offsets.get(zone)?.get(instant.getTime());
  return known ?? keepOffset(zone, { instant, minutes: lookUpOffset(instant, zone) });
}

function lookUpOffset(instant: Date, zone: string): number {
  const { year, month, day, hour, minute, second } = zonedParts(instant, zone);
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((wallMs - Math.floor(instant.getTime() / 1000) * 1000) / MINUTE_MS);
}

/**
 * The instant at which a clock in `zone` shows `wall`. A time that occurs twice (clocks go back) gives the first;
 * one that is skipped (clocks go forward) gives the same distance after the jump, so a skipped midnight is the jump itself.
 */
export function instantAt(wall: WallTime, zone: string): Date {
  const wallMs = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour ?? 0, wall.minute ?? 0);
  const before = zoneOffsetMinutes(new Date(wallMs - DAY_MS), zone);
  const after = zoneOffsetMinutes(new Date(wallMs + DAY_MS), zone);
  const candidates = [before, after].map((offset) => wallMs - offset * MINUTE_MS).sort((a, b) => a - b);
  const exact = candidates.find((ms) => ms + zoneOffsetMinutes(new Date(ms), zone) * MINUTE_MS === wallMs);
  return new Date(exact ?? wallMs - before * MINUTE_MS);
}

/** First instant of the calendar day that `instant` falls in, shifted by `days` calendar days. */
export function startOfDay({ instant, zone, days = 0 }: StartOfDay): Date {
  const { year, month, day } = zonedParts(instant, zone);
  return instantAt({ year, month, day: day + days }, zone);
}
type StartOfDay = { readonly instant: Date; readonly zone: string; readonly days?: number };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

// A feed asks for the offset of the same few minutes thousands of times a second.
const offsets = new Map<string, Map<number, number>>();
const MAX_OFFSETS = 1_000;

function keepOffset(
  zone: string,
  { instant, minutes }: { readonly instant: Date; readonly minutes: number },
): number {
  const known = offsets.get(zone);
  const kept = known === undefined || known.size >= MAX_OFFSETS ? new Map<number, number>() : known;
  offsets.set(zone, kept.set(instant.getTime(), minutes));
  return minutes;
}

// Building an Intl formatter costs about 50 µs, formatting 1 µs: keep one a zone.
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatterFor(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formatters.set(zone, formatter);
  return formatter;
}

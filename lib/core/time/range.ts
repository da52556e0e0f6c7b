import { instantAt, startOfDay, zonedParts } from "./zone";

/** Half-open range of instants: `from` belongs to it, `to` does not. */
export type TimeRange = { readonly from: Date; readonly to: Date };

/** The named periods, in the order a person picks them. The name is what stands in the URL. */
export const presetNames = [
  "1h",
  "6h",
  "24h",
  "last-night",
  "today",
  "yesterday",
  "7d",
  "30d",
  "90d",
  "13mo",
] as const;
export type PresetName = (typeof presetNames)[number];

export const presetTitles: Record<PresetName, string> = {
  "1h": "Last hour",
  "6h": "Last 6 hours",
  "24h": "Last 24 hours",
  "last-night": "Last night, 18:00–07:15",
  today: "Today",
  yesterday: "Yesterday",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  "13mo": "Last 13 months",
};

/** What a range is set against: nothing, the period of the same length just before, or the same hours a week ago. */
export const comparisons = ["none", "previous", "last-week"] as const;
export type Comparison = (typeof comparisons)[number];

/** What a person asked for: a preset moves with the clock, an absolute range stands still. */
export type RangeSelection =
  | { readonly kind: "preset"; readonly preset: PresetName }
  | { readonly kind: "absolute"; readonly from: Date; readonly to: Date };

export type RangeQuery = {
  readonly selection: RangeSelection;
  /** IANA zone that calendar days and clock times are shown in. */
  readonly zone: string;
  readonly compare: Comparison;
};

/** The longest range a page may ask for: day rollups are kept for seven years. */
export const MAX_RANGE_MS = 7 * 366 * 86_400_000;

/** The instants a query means at `now`. Presets counted in hours or days end at `now`; calendar ones follow the zone. */
export function resolveRange({ selection, zone }: RangeQuery, now: Date): TimeRange {
  switch (selection.kind) {
    case "absolute":
      return { from: selection.from, to: selection.to };
    case "preset":
      return resolvePreset({ preset: selection.preset, zone, now });
  }
}

/** The range to compare with, or undefined when nothing is asked for. Same length in clock time, before the given one. */
export function comparisonRange(range: TimeRange, compare: Comparison): TimeRange | undefined {
  switch (compare) {
    case "none":
      return undefined;
    case "previous":
      return previousPeriod(range);
    case "last-week":
      return sameHoursLastWeek(range);
  }
}

/** The period of equal length that ends where `range` begins. */
export function previousPeriod({ from, to }: TimeRange): TimeRange {
  return { from: new Date(2 * from.getTime() - to.getTime()), to: from };
}

/** The range moved back by 7 × 24 h, or by as many whole weeks as it takes not to overlap itself. */
export function sameHoursLastWeek({ from, to }: TimeRange): TimeRange {
  const shiftMs = Math.max(1, Math.ceil(lengthMs({ from, to }) / WEEK_MS)) * WEEK_MS;
  return { from: new Date(from.getTime() - shiftMs), to: new Date(to.getTime() - shiftMs) };
}

/**
 * Moves both edges outwards to what the rollups can answer: whole minutes up to six hours, whole UTC hours beyond.
 * Every figure of a page is asked for the snapped range, so that chart, table and message list agree.
 */
export function snapRange(range: TimeRange): TimeRange {
  const stepMs = lengthMs(range) <= 6 * HOUR_MS ? MINUTE_MS : HOUR_MS;
  return {
    from: new Date(Math.floor(range.from.getTime() / stepMs) * stepMs),
    to: new Date(Math.ceil(range.to.getTime() / stepMs) * stepMs),
  };
}

export function lengthMs({ from, to }: TimeRange): number {
  return to.getTime() - from.getTime();
}

/** ISO 8601 in UTC without a needless ".000": this text is read by people in the address bar. */
export function printInstant(at: Date): string {
  return at.toISOString().replace(".000Z", "Z");
}

/** Reads an ISO 8601 instant with its offset; undefined for anything else, such as a day that does not exist. */
export function parseInstant(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const day = text.slice(0, 10);
  // Engines let 30 February roll over into March: the day alone must print as it was written.
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/** True for a forward range that is not longer than MAX_RANGE_MS. */
export function isAllowedRange(range: TimeRange): boolean {
  return lengthMs(range) > 0 && lengthMs(range) <= MAX_RANGE_MS;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

function resolvePreset({ preset, zone, now }: PresetAt): TimeRange {
  const last = (ms: number) => ({ from: new Date(now.getTime() - ms), to: now });
  switch (preset) {
    case "1h":
      return last(HOUR_MS);
    case "6h":
      return last(6 * HOUR_MS);
    case "24h":
      return last(DAY_MS);
    case "7d":
      return last(7 * DAY_MS);
    case "30d":
      return last(30 * DAY_MS);
    case "90d":
      return last(90 * DAY_MS);
    case "13mo":
      return { from: monthsBefore({ now, zone, months: 13 }), to: now };
    case "today":
      return { from: startOfDay({ instant: now, zone }), to: now };
    case "yesterday":
      return {
        from: startOfDay({ instant: now, zone, days: -1 }),
        to: startOfDay({ instant: now, zone }),
      };
    case "last-night":
      return lastNight({ now, zone });
  }
}
type PresetAt = { readonly preset: PresetName; readonly zone: string; readonly now: Date };

/** From 18:00 of the previous calendar day to 07:15 of this one: what the day shift asks about. Before 07:15 it is still running. */
function lastNight({ now, zone }: { readonly now: Date; readonly zone: string }): TimeRange {
  const { year, month, day } = zonedParts(now, zone);
  const end = instantAt({ year, month, day, hour: 7, minute: 15 }, zone);
  return {
    from: instantAt({ year, month, day: day - 1, hour: 18 }, zone),
    to: end < now ? end : now,
  };
}

/** Start of the calendar day `months` earlier; the 31st of a shorter month becomes its last day. */
function monthsBefore({ now, zone, months }: { now: Date; zone: string; months: number }): Date {
  const { year, month, day } = zonedParts(now, zone);
  const lastDay = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return instantAt({ year, month: month - months, day: Math.min(day, lastDay) }, zone);
}

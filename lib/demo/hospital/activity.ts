import { type ZonedParts, zonedParts } from "@/lib/core/time/zone";

/** How an interface's day looks. */
export const activities = ["ward", "clinic", "laboratory", "device", "billing"] as const;
export type Activity = (typeof activities)[number];

/**
 * How busy an hour is compared with the average hour of a weekday: 1 = average. Hours are the hospital's own, weekends
 * and public holidays are quieter, and traffic grows by some five percent a year up to `growthEnd`.
 */
export function activityAt(given: {
  readonly activity: Activity;
  readonly atMs: number;
  readonly zone: string;
  readonly growthEndMs: number;
}): number {
  const { hour, weekday, month, day, year } = wallHour(given.atMs, given.zone);
  const isHoliday = holidays.has(`${month}-${day}`) || isEasterMonday({ year, month, day });
  const shape = shapes[given.activity];
  const dayFactor = isHoliday ? shape.weekdays[0] : shape.weekdays[weekday];
  const yearsAgo = Math.max(0, (given.growthEndMs - given.atMs) / yearMs);
  return (shape.hours[hour] ?? 0) * (dayFactor ?? 1) * 0.95 ** yearsAgo;
}

/**
 * Wall clock at an instant, looked up once a quarter of an hour: that is how fine zones are, and every interface asks for
 * the same hours.
 */
function wallHour(atMs: number, zone: string): ZonedParts {
  const quarter = Math.floor(atMs / quarterMs);
  const key = `${quarter}/${zone}`;
  const known = wallHours.get(key);
  if (known !== undefined) return known;
  if (wallHours.size > 2_000) wallHours.clear();
  const parts = zonedParts(new Date(quarter * quarterMs), zone);
  wallHours.set(key, parts);
  return parts;
}

const quarterMs = 900_000;
const wallHours = new Map<string, ZonedParts>();
const yearMs = 365.25 * 86_400_000;

/** Fixed public holidays that most hospitals share, month-day. */
const holidays: ReadonlySet<string> = new Set(["1-1", "5-1", "12-24", "12-25", "12-26", "12-31"]);

type CalendarDay = { readonly year: number; readonly month: number; readonly day: number };

/** Gauss' Easter formula for 1900–2099, plus one day. */
function isEasterMonday({ year, month, day }: CalendarDay): boolean {
  const d = (19 * (year % 19) + 24) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7;
  const easter = new Date(Date.UTC(year, 2, 22 + d + e + 1));
  return easter.getUTCMonth() + 1 === month && easter.getUTCDate() === day;
}

type Shape = {
  /** Relative weight of each hour of the day; the mean of the 24 is 1. */
  readonly hours: readonly number[];
  /** Sunday first. */
  readonly weekdays: readonly number[];
};

const shapes: Readonly<Record<Activity, Shape>> = {
  ward: shape({
    hours: [5, 4, 4, 4, 5, 7, 11, 15, 18, 18, 17, 15, 13, 14, 15, 14, 12, 10, 9, 8, 8, 7, 6, 5],
    weekdays: [0.72, 1, 1, 1, 1, 1, 0.76],
  }),
  clinic: shape({
    hours: [
      0.2, 0.1, 0.1, 0.1, 0.2, 0.5, 3, 12, 20, 22, 21, 18, 12, 16, 18, 15, 9, 4, 1.5, 1, 0.6, 0.5, 0.4, 0.3,
    ],
    weekdays: [0.08, 1.04, 1.02, 1, 1, 0.94, 0.14],
  }),
  laboratory: shape({
    hours: [4, 3, 3, 3, 5, 12, 22, 26, 22, 18, 16, 15, 14, 15, 14, 12, 10, 9, 8, 8, 7, 6, 5, 4],
    weekdays: [0.6, 1.02, 1, 1, 1, 0.98, 0.66],
  }),
  device: shape({
    hours: [9, 9, 9, 9, 9, 10, 11, 12, 12, 12, 12, 12, 11, 11, 11, 11, 11, 10, 10, 10, 10, 10, 9, 9],
    weekdays: [0.92, 1, 1, 1, 1, 1, 0.94],
  }),
  billing: shape({
    hours: [2, 1, 1, 1, 1, 2, 4, 8, 12, 13, 13, 11, 9, 11, 13, 12, 9, 6, 4, 4, 10, 30, 18, 4],
    weekdays: [0.3, 1, 1, 1, 1, 1.1, 0.35],
  }),
};

function shape(given: Shape): Shape {
  const mean = given.hours.reduce((sum, weight) => sum + weight, 0) / given.hours.length;
  return { ...given, hours: given.hours.map((weight) => weight / mean) };
}

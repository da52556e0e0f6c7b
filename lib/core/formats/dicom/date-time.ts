import { instantAt } from "@/lib/core/time/zone";
import { type Dataset, textOf } from "./dataset";
import type { Keyword } from "./vocabulary";

/**
 * A DA value as `YYYY-MM-DD`, or what is known of it: `YYYY-MM`, `YYYY`. Also the form with points of ACR-NEMA 2.0
 * (PS3.5, 6.2, note). Undefined for what is no date; a birth date is never completed.
 */
export function dateOf(dataset: Dataset, keyword: Keyword): string | undefined {
  return parseDate(textOf(dataset, keyword) ?? "");
}

export function parseDate(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})(?:\.?(\d{2})(?:\.?(\d{2}))?)?$/.exec(text.trim()) ?? [];
  if (year === undefined || year === "0000") return undefined;
  if (month === undefined) return year;
  if (day === undefined) return isBetween(month, 1, 12) ? `${year}-${month}` : undefined;
  const asDate = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const isReal = !Number.isNaN(asDate.getTime()) && asDate.getUTCDate() === Number(day);
  return isReal ? `${year}-${month}-${day}` : undefined;
}

type TimeOfDay = { readonly hour: number; readonly minute: number; readonly ms: number };

/** A TM value; parts that are not given are 0 (PS3.5, 6.2). Also the form with colons of ACR-NEMA 2.0. */
export function parseTime(text: string): TimeOfDay | undefined {
  const match = /^(\d{2})(?::?(\d{2})(?::?(\d{2})(?:\.(\d{1,6}))?)?)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, hour = "0", minute = "0", second = "0", fraction = ""] = match;
  // 60 is a leap second.
  if (!isBetween(hour, 0, 23) || !isBetween(minute, 0, 59) || !isBetween(second, 0, 60)) return undefined;
  const ms = Number(second) * 1000 + Number(fraction.padEnd(3, "0").slice(0, 3));
  return { hour: Number(hour), minute: Number(minute), ms };
}

/**
 * The instant of a date and a time of day in the zone that the data set names by its offset from UTC (0008,0201), else in
 * `zone`. Undefined where either is missing: midnight is no guess for a time that is not known.
 */
export function instantOf(
  dataset: Dataset,
  keywords: { readonly date: Keyword; readonly time: Keyword },
  zone: string,
): Date | undefined {
  const date = dateOf(dataset, keywords.date);
  const time = parseTime(textOf(dataset, keywords.time) ?? "");
  if (date === undefined || date.length !== 10 || time === undefined) return undefined;
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const offset = parseOffset(textOf(dataset, "TimezoneOffsetFromUTC") ?? "");
  const wall = { year, month, day, hour: time.hour, minute: time.minute };
  const minuteMs =
    offset === undefined
      ? instantAt(wall, zone).getTime()
      : Date.UTC(year, month - 1, day, time.hour, time.minute) - offset * 60_000;
  return new Date(minuteMs + time.ms);
}

/** `+0100` in minutes (0008,0201). */
function parseOffset(text: string): number | undefined {
  const [, sign, hours = "", minutes = ""] = /^([+-])(\d{2})(\d{2})$/.exec(text.trim()) ?? [];
  if (sign === undefined || !isBetween(hours, 0, 14) || !isBetween(minutes, 0, 59)) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** A day as DA and as a search takes it. */
export function printDate(isoDay: string): string {
  return isoDay.replaceAll("-", "");
}

function isBetween(digits: string, lowest: number, highest: number): boolean {
  const value = Number(digits);
  return value >= lowest && value <= highest;
}

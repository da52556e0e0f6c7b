import { instantAt } from "@/lib/core/time/zone";

/** How days are written where a number does not tell: 3/4/2026. */
export const dayOrders = ["year first", "day first", "month first"] as const;
export type DayOrder = (typeof dayOrders)[number];

/**
 * An instant as logs and exports write it: ISO 8601 with or without an offset, numbers in one of three orders with a time of
 * day, or the seconds or milliseconds since 1970. Without an offset it is a time of the zone. Undefined for anything else.
 */
export function parseTimeText(
  text: string,
  how: { readonly order: DayOrder; readonly zone: string },
): Date | undefined {
  const trimmed = text.trim();
  if (/^\d{10}$/.test(trimmed)) return new Date(Number(trimmed) * 1000);
  if (/^\d{13}$/.test(trimmed)) return new Date(Number(trimmed));
  const compact = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,](\d{1,9}))?([+-]\d{4})?$/.exec(trimmed);
  if (compact !== null) return instantOf(partsOf(compact, "year first"), how.zone);
  const match = spaced.exec(trimmed);
  if (match === null) return undefined;
  // Four digits in front are a year, whatever the order is said to be.
  return instantOf(partsOf(match, match[1]?.length === 4 ? "year first" : how.order), how.zone);
}

const spaced =
  /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})(?:T|,? +)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|UTC|[+-]\d\d:?\d\d|AM|PM)?$/i;

type Parts = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly ms: number;
  readonly mark: string;
};

function partsOf(match: RegExpExecArray, order: DayOrder): Parts {
  const [, first = "", second = "", third = "", hour, minute, seconds = "0", fraction = "", mark = ""] =
    match;
  const [year, month, day] =
    order === "year first"
      ? [first, second, third]
      : order === "day first"
        ? [third, second, first]
        : [third, first, second];
  const ms = Number(seconds) * 1000 + Number(fraction.padEnd(3, "0").slice(0, 3));
  return {
    year: Number(year) < 100 ? 2000 + Number(year) : Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    ms,
    mark: mark.toUpperCase(),
  };
}

function instantOf(parts: Parts, zone: string): Date | undefined {
  const { year, month, day, minute, ms, mark } = parts;
  const hour = hourOf(parts.hour, mark);
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month >= 1 && month <= 12;
  if (!isDay || year < 1970 || hour === undefined || minute > 59 || ms >= 61_000) return undefined;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(mark) ?? [];
  const offset = sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const isZoned = sign !== undefined || mark === "Z" || mark === "UTC";
  const at = isZoned
    ? Date.UTC(year, month - 1, day, hour, minute) - offset * 60_000
    : instantAt({ year, month, day, hour, minute }, zone).getTime();
  return new Date(at + ms);
}

function hourOf(hour: number, mark: string): number | undefined {
  if (mark !== "AM" && mark !== "PM") return hour <= 23 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (mark === "PM" ? 12 : 0);
}

import { instantAt, startOfDay, zonedParts } from "../time/zone";
import type { CountedHours } from "./schema";

/**
 * The instant at which so many minutes have counted since `from`; without hours every minute counts. None of them at
 * all is the next instant that counts.
 */
export function addCountedMinutes(ask: {
  readonly from: Date;
  readonly minutes: number;
  readonly hours: CountedHours | undefined;
}): Date {
  const { from, minutes, hours } = ask;
  if (hours === undefined) return new Date(from.getTime() + minutes * MINUTE_MS);
  let left = minutes * MINUTE_MS;
  // A step waits 9,000 minutes at most, and the shortest day of hours has one.
  for (let day = 0; day <= LONGEST_SEARCH_DAYS; day++) {
    const window = windowOn({ from, day, hours });
    if (window === undefined) continue;
    const begin = Math.max(window.from, from.getTime());
    if (begin >= window.until) continue;
    if (left < window.until - begin) return new Date(begin + left);
    left -= window.until - begin;
  }
  return new Date(from.getTime() + minutes * MINUTE_MS);
}

const MINUTE_MS = 60_000;
const LONGEST_SEARCH_DAYS = 7 * 9_001;

/** What counts on a calendar day of the zone; none on the others, and none where clocks skip it. */
function windowOn(ask: { readonly from: Date; readonly day: number; readonly hours: CountedHours }) {
  const { from, day, hours } = ask;
  const {
    year,
    month,
    day: date,
    weekday,
  } = zonedParts(startOfDay({ instant: from, zone: hours.zone, days: day }), hours.zone);
  if (!hours.days.includes(weekday)) return undefined;
  const at = (text: string) => {
    const [hour = 0, minute = 0] = text.split(":").map(Number);
    return instantAt({ year, month, day: date, hour, minute }, hours.zone).getTime();
  };
  const window = { from: at(hours.from), until: at(hours.until) };
  return window.from < window.until ? window : undefined;
}

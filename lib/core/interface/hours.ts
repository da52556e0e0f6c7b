import type { TimeRange } from "../time/range";
import { type MinuteOutcome, OUTAGE_MIN_FAILED } from "./outage";

/** What one leg ended well or badly within one hour; hours without either are left out. */
export type HourOutcome = { readonly fromMs: number; readonly ok: number; readonly failed: number };

/**
 * Hours of one leg that must be read to the minute to tell outages: those with failures, and after each the next with a
 * success, which says when it ended. None where no hour had enough failures for an outage to have touched it.
 */
export function hoursToRead(hours: readonly HourOutcome[]): readonly TimeRange[] {
  const failed = hours.reduce((total, hour) => total + hour.failed, 0);
  if (failed < OUTAGE_MIN_FAILED) return [];
  const wanted = new Set<number>();
  let isWaiting = false;
  for (const { fromMs, ok, failed: own } of hours) {
    if (own > 0 || (isWaiting && ok > 0)) wanted.add(fromMs);
    isWaiting = own > 0 || (isWaiting && ok === 0);
  }
  return [...wanted].map((fromMs) => ({ from: new Date(fromMs), to: new Date(fromMs + HOUR_MS) }));
}

/** The minutes that were read, and for every other hour one entry at its start: in order, ready for findOutages. */
export function mergeHours(
  hours: readonly HourOutcome[],
  minutes: readonly MinuteOutcome[],
): readonly MinuteOutcome[] {
  const read = new Set(minutes.map(({ at }) => at.getTime() - (at.getTime() % HOUR_MS)));
  const rest = hours
    .filter(({ fromMs }) => !read.has(fromMs))
    .map(({ fromMs, ok, failed }) => ({ at: new Date(fromMs), ok, failed }));
  return [...minutes, ...rest].sort((a, b) => a.at.getTime() - b.at.getTime());
}

const HOUR_MS = 3_600_000;

import type { TimeRange } from "../time/range";
import { zoneOffsetMinutes } from "../time/zone";

export const QUARTER_MINUTES = 15;

/**
 * The quarters of an hour of a range, each with its hour of the local week and its local day. Quarters, because there are
 * zones off by half an hour and by three quarters; local, because people and timetables keep to the clock: where clocks
 * change, an hour is had twice or left out.
 */
export type LocalQuarters = {
  /** The first quarter since the epoch. */
  readonly first: number;
  /** Hour of the local week, 0 = Sunday from midnight. */
  readonly hours: readonly number[];
  /** Days since the epoch by the local calendar. */
  readonly days: readonly number[];
};

export function localQuarters({ from, to }: TimeRange, zone: string): LocalQuarters {
  const first = Math.floor(from.getTime() / QUARTER_MS);
  const end = Math.ceil(to.getTime() / QUARTER_MS);
  const hours: number[] = [];
  const days: number[] = [];
  for (let at = first; at < end; ) {
    const dayEnd = Math.min(end, (Math.floor(at / DAY_QUARTERS) + 1) * DAY_QUARTERS);
    const [before, after] = [offsetAt(at, zone), offsetAt(dayEnd, zone)];
    for (; at < dayEnd; at++) {
      const offset = before === after ? before : offsetAt(at, zone);
      const local = at * QUARTER_MINUTES + offset;
      const day = Math.floor(local / DAY_MINUTES);
      days.push(day);
      hours.push(weekdayOf(day) * 24 + Math.floor((local - day * DAY_MINUTES) / 60));
    }
  }
  return { first, hours, days };
}

/** 0 = Sunday. The epoch was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** "2026-12-25" */
export function dateOf(day: number): string {
  return new Date(day * DAY_MINUTES * 60_000).toISOString().slice(0, 10);
}

const QUARTER_MS = QUARTER_MINUTES * 60_000;
const DAY_MINUTES = 1_440;
const DAY_QUARTERS = DAY_MINUTES / QUARTER_MINUTES;

function offsetAt(quarter: number, zone: string): number {
  return zoneOffsetMinutes(new Date(quarter * QUARTER_MS), zone);
}

import type { ExpectedTime } from "./expected-time";

/** Hours looked back at most, and as many expected minutes as are enough to tell a quiet day. */
export const LEVEL_HOURS = 12;
const ENOUGH_EXPECTED = 20;
const CAUTION = 5;

/**
 * How much of what was expected came in lately, up to 1: on a holiday nobody told us of, or in a slack season, less is
 * expected of the hours that follow. `busyIn` counts minutes with a message.
 */
export function recentLevel(ask: {
  readonly time: ExpectedTime;
  readonly untilMinute: number;
  readonly busyIn: (fromMinute: number, toMinute: number) => number;
}): number {
  let [expected, seen] = [0, 0];
  for (let hour = 0; hour < LEVEL_HOURS && expected < ENOUGH_EXPECTED; hour++) {
    const to = ask.untilMinute - hour * 60;
    expected += ask.time.between(to - 60, to);
    seen += ask.busyIn(to - 60, to);
  }
  return Math.min(1, (CAUTION + seen) / (CAUTION + expected));
}

/** Counts values of an ascending list within [from, to). */
export function countWithin(sorted: readonly number[], from: number, to: number): number {
  return firstAtLeast(sorted, to) - firstAtLeast(sorted, from);
}

function firstAtLeast(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

import type { TimeRange } from "../time/range";
import type { PageCursor } from "./delivery-place";

/**
 * Cuts a range into stretches to be looked through one after the other, beginning at the cursor (or the newest end):
 * short ones first, so that a page that fills at once costs little, then longer ones, at most a day each.
 */
export function* searchWindows(range: TimeRange, cursor?: PageCursor): Generator<TimeRange> {
  const isNewer = cursor?.direction === "newer";
  let lengthMs = FIRST_MS;
  if (isNewer) {
    let from = Math.max(cursor.at.getTime(), range.from.getTime());
    while (from < range.to.getTime()) {
      const to = Math.min(from + lengthMs, range.to.getTime());
      yield { from: new Date(from), to: new Date(to) };
      from = to;
      lengthMs = Math.min(lengthMs * 4, LONGEST_MS);
    }
    return;
  }
  // A cursor's own instant may hold further rows: it belongs to the first stretch.
  let to = Math.min(cursor ? cursor.at.getTime() + 1 : Number.POSITIVE_INFINITY, range.to.getTime());
  while (to > range.from.getTime()) {
    const from = Math.max(to - lengthMs, range.from.getTime());
    yield { from: new Date(from), to: new Date(to) };
    to = from;
    lengthMs = Math.min(lengthMs * 4, LONGEST_MS);
  }
}

const FIRST_MS = 15 * 60_000;
const LONGEST_MS = 24 * 3_600_000;

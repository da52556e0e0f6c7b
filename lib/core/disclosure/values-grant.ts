/** How long the values of a message stay open to the person who asked for them. */
export const valuesShownMs = 10 * 60_000;

/** So many messages a person may open with their values in an hour: opening in bulk is no repair of one message. */
export const openingsPerHour = 10;
export const openingsWindowMs = 3_600_000;

/** Milliseconds until `until`, 0 when it has come. */
export function remainingMs(until: Date, now: Date): number {
  return Math.max(until.getTime() - now.getTime(), 0);
}

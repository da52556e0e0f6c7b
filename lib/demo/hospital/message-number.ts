const dayMs = 86_400_000;

/** More than any interface of the demo receives in a day. */
const numbersADay = 2_000;

/**
 * The engine's number of a message of the past: days count from the oldest one that is kept message by message, and gaps
 * between days look like what pruning leaves behind.
 */
export function pastMessageNumber(of: {
  readonly oldestDayMs: number;
  readonly dayMs: number;
  readonly sequence: number;
}): number {
  return ((of.dayMs - of.oldestDayMs) / dayMs) * numbersADay + of.sequence;
}

/** Where numbers go on after the past: no message of `lastDayMs` or before has this number or a higher one. */
export function firstLiveNumber(of: { readonly oldestDayMs: number; readonly lastDayMs: number }): number {
  return pastMessageNumber({ oldestDayMs: of.oldestDayMs, dayMs: of.lastDayMs + dayMs, sequence: 1 });
}

const dayMs = 86_400_000;

type Channel = {
  /** Messages on an average weekday. */
  readonly perDay: number;
  /** The oldest day that is kept message by message. */
  readonly oldestDayMs: number;
};

/**
 * The engine's number of a message of the past: days count from the oldest one that is kept message by message, and gaps
 * between days look like what pruning leaves behind.
 */
export function pastMessageNumber(
  of: Channel & { readonly dayMs: number; readonly sequence: number },
): number {
  return ((of.dayMs - of.oldestDayMs) / dayMs) * numbersADay(of.perDay) + of.sequence;
}

/** Where numbers go on after the past: no message of `lastDayMs` or before has this number or a higher one. */
export function firstLiveNumber(of: Channel & { readonly lastDayMs: number }): number {
  return pastMessageNumber({ ...of, dayMs: of.lastDayMs + dayMs, sequence: 1 });
}

/** More than come on the busiest day, with what may be sent again on top. */
function numbersADay(perDay: number): number {
  return Math.ceil(perDay * 1.5) + 250;
}

/** How many deliveries of one leg ended well or badly within one minute. */
export type MinuteOutcome = { readonly at: Date; readonly ok: number; readonly failed: number };

/** A stretch in which everything that ended failed: [from, to). `isOver` = something got through afterwards. */
export type Outage = {
  readonly from: Date;
  readonly to: Date;
  readonly failed: number;
  readonly isOver: boolean;
};

/** Fewer failures than this in a row are single messages, not an outage. */
export const OUTAGE_MIN_FAILED = 3;

/**
 * Finds the outages in the minutes of one leg, oldest first. A minute with any success ends a stretch at its start; quiet
 * minutes neither start nor end one, so a destination that is tried every ten minutes is one outage, not many.
 * Minutes must be in order and each named once.
 */
export function findOutages(minutes: readonly MinuteOutcome[]): readonly Outage[] {
  const found: Outage[] = [];
  let from: Date | undefined;
  let lastFailed: Date | undefined;
  let failed = 0;
  const close = (end: Date | undefined) => {
    if (from && lastFailed && failed >= OUTAGE_MIN_FAILED) {
      const to = end ?? new Date(lastFailed.getTime() + 60_000);
      found.push({ from, to, failed, isOver: end !== undefined });
    }
    from = undefined;
    failed = 0;
  };
  for (const minute of minutes) {
    if (minute.ok > 0) close(minute.at);
    else if (minute.failed > 0) {
      from ??= minute.at;
      lastFailed = minute.at;
      failed += minute.failed;
    }
  }
  close(undefined);
  return found;
}

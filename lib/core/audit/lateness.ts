/** Seconds that the oldest of each kind waits; null = none waits. */
export type TrailAges = {
  /** Line that is to be sealed. */
  readonly unsealedS: number | null;
  /** Block that is to be witnessed. */
  readonly unwitnessedS: number | null;
  /** Witnessed head that is to go out by e-mail; null also where no address is set. */
  readonly unmailedS: number | null;
};

/** Lines are sealed every second: a minute means that they are not. */
const SEALING_LATE_S = 60;

/** Heads are witnessed every quarter of an hour; an hour is what is promised. */
const WITNESS_LATE_S = 3_600;

/** E-mail goes out every hour; it may be tried again for another. */
const MAIL_LATE_S = 7_200;

export function isSealingLate({ unsealedS }: TrailAges): boolean {
  return (unsealedS ?? 0) > SEALING_LATE_S;
}

export function isWitnessLate({ unwitnessedS }: TrailAges): boolean {
  return (unwitnessedS ?? 0) > WITNESS_LATE_S;
}

export function isMailLate({ unmailedS }: TrailAges): boolean {
  return (unmailedS ?? 0) > MAIL_LATE_S;
}

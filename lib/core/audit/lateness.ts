/** How long the oldest line waits to be sealed, and the oldest block to be witnessed. Null = none waits. */
export type TrailAges = { readonly unsealedS: number | null; readonly unwitnessedS: number | null };

/** Lines are sealed every second: a minute means that they are not. */
const SEALING_LATE_S = 60;

/** Heads are witnessed every quarter of an hour; an hour is what is promised. */
const WITNESS_LATE_S = 3_600;

export function isSealingLate({ unsealedS }: TrailAges): boolean {
  return (unsealedS ?? 0) > SEALING_LATE_S;
}

export function isWitnessLate({ unwitnessedS }: TrailAges): boolean {
  return (unwitnessedS ?? 0) > WITNESS_LATE_S;
}

/** Counting reasons stops after this many failures of a leg, newest first: by then the reasons are plain. */
export const REASON_CAP = 20_000;

/** Legs of whose failures no more than the newest `cap` were counted: there may be older ones. */
export function cappedLegs(
  counts: readonly { readonly legId: number; readonly failed: number }[],
  cap: number = REASON_CAP,
): readonly number[] {
  const perLeg = new Map<number, number>();
  for (const { legId, failed } of counts) perLeg.set(legId, (perLeg.get(legId) ?? 0) + failed);
  return [...perLeg].filter(([, failed]) => failed >= cap).map(([legId]) => legId);
}

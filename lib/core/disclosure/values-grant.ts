/** How long the values of a message stay open to the person who asked for them. */
export const valuesShownMs = 10 * 60_000;

/** So many messages a person may open with their values in an hour: opening in bulk is no repair of one message. */
export const openingsPerHour = 10;
export const openingsWindowMs = 3_600_000;

/** A second factor proves who asks for this long (step-up, OWASP ASVS 7.5.3). */
export const factorFreshMs = 5 * 60_000;

/** Whether the second factor was proved shortly before; never where none was. */
export function isFactorFresh(factorAt: Date | undefined, now: Date): boolean {
  if (factorAt === undefined) return false;
  const ageMs = now.getTime() - factorAt.getTime();
  return ageMs >= 0 && ageMs <= factorFreshMs;
}

/** Milliseconds until `until`, 0 when it has come. */
export function remainingMs(until: Date, now: Date): number {
  return Math.max(until.getTime() - now.getTime(), 0);
}

/** How long each kind of record is kept, in UTC days. Hour rollups are kept by whole months. */
export const retentionDays = {
  deliveries: 35,
  minutes: 35,
  samples: 35,
  hours: 396,
  externalAudit: 7 * 366,
  deadLetters: 35,
  clinicalFacts: 90,
} as const;

/** A receive time further ahead of our clock than this cannot be true. */
export const MAX_CLOCK_AHEAD_MS = 24 * 3_600_000;

/** The start of the oldest UTC day that is still kept. */
export function retainedFrom(kept: keyof typeof retentionDays, now: Date): Date {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  return new Date(today - retentionDays[kept] * DAY_MS);
}

const DAY_MS = 86_400_000;

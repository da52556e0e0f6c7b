import type { Permission } from "../authz/permission";
import { startOfDay, zonedParts } from "../time/zone";

/** How long an emergency access lasts. Nobody can prolong it; another is another entry in the queue. */
export const breakGlassMs = 30 * 60_000;

/** What an emergency access opens in every department: reading messages, never changing anything. */
export const breakGlassPermissions = [
  "overview.read",
  "interface.read",
  "message.read",
  "message.search",
  "message.content",
  "message.unmask",
  "exam.read",
  "exam.search",
  "exam.unmask",
] as const satisfies readonly Permission[];

/** Within so many working days after the day of use, the privacy officer judges it. */
export const reviewWorkingDays = 3;

/**
 * The end of the third working day after the day of use, by the calendar of `zone`. Saturdays and Sundays do not count;
 * public holidays do, because no calendar here knows them.
 */
export function reviewDeadline(usedAt: Date, zone: string): Date {
  let counted = 0;
  let days = 0;
  while (counted < reviewWorkingDays) {
    days++;
    if (isWorkingDay(startOfDay({ instant: usedAt, zone, days }), zone)) counted++;
  }
  return startOfDay({ instant: usedAt, zone, days: days + 1 });
}

function isWorkingDay(day: Date, zone: string): boolean {
  const { weekday } = zonedParts(day, zone);
  return weekday !== 0 && weekday !== 6;
}

export const judgements = ["justified", "not-justified"] as const;
export type Judgement = (typeof judgements)[number];

/** Where an emergency access stands with its review. */
export type ReviewState = "running" | "waiting" | "overdue" | Judgement;

export function reviewState(of: {
  readonly judgement: Judgement | undefined;
  readonly endsAt: Date;
  readonly reviewDue: Date;
  readonly now: Date;
}): ReviewState {
  if (of.judgement !== undefined) return of.judgement;
  if (of.now < of.endsAt) return "running";
  return of.now < of.reviewDue ? "waiting" : "overdue";
}

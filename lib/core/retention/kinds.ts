import { retentionDays } from "@/lib/core/metric/retention";

/** Kinds of record, in the order in which people are shown them. */
export const retentionKinds = [
  "deliveries",
  "minutes",
  "samples",
  "hours",
  "days",
  "deadLetters",
  "clinicalFacts",
  "externalAudit",
  "disclosures",
  "ownAudit",
] as const;
export type RetentionKind = (typeof retentionKinds)[number];

/** Under this name deletions stand in the audit trail, with the kind as the entity's id. */
export const retentionEntity = "retention";

type KindFacts = {
  readonly title: string;
  readonly why: string;
  /** UTC days; undefined = never deleted. */
  readonly days: number | undefined;
  /** What is deleted at once: a UTC day, a UTC month, or each record by itself. */
  readonly by: "day" | "month" | "record";
  /** Which holds may keep some of it. */
  readonly heldBy: string;
};

export const retentionFacts: Readonly<Record<RetentionKind, KindFacts>> = {
  deliveries: {
    title: "Messages, one by one",
    why: "Long enough to look into last month; figures outlive them.",
    days: retentionDays.deliveries,
    by: "day",
    heldBy: "Patient or period",
  },
  minutes: {
    title: "Figures by the minute",
    why: "As long as the messages that they count.",
    days: retentionDays.minutes,
    by: "day",
    heldBy: "Period",
  },
  samples: {
    title: "Gauges, such as queue depth",
    why: "As long as the messages beside them; hourly extremes stay with the figures by the hour.",
    days: retentionDays.samples,
    by: "day",
    heldBy: "Period",
  },
  hours: {
    title: "Figures by the hour",
    why: "A year and a month, so that a month can be set beside the same one of last year.",
    days: retentionDays.hours,
    by: "month",
    heldBy: "Period",
  },
  days: {
    title: "Figures by the day",
    why: "They are sums from the first day on and tell of no patient.",
    days: undefined,
    by: "record",
    heldBy: "Nothing is deleted",
  },
  deadLetters: {
    title: "Dead letters, settled",
    why: "They hold what was sent, encrypted. Open ones stay until somebody settles them.",
    days: retentionDays.deadLetters,
    by: "record",
    heldBy: "Any patient or person; period",
  },
  clinicalFacts: {
    title: "Patients, orders, studies and reports of exams",
    why: "They hold names and numbers in clear. Counted from the end of the exam; one that never ends goes a year later.",
    days: retentionDays.clinicalFacts,
    by: "record",
    heldBy: "Patient or period",
  },
  externalAudit: {
    title: "Audit events of engines",
    why: "Who saw what must be known for years: six in the United States (45 CFR 164.316), seven are kept.",
    days: retentionDays.externalAudit,
    by: "month",
    heldBy: "Patient, person or period",
  },
  disclosures: {
    title: "Reasons for seeing values, emergency accesses and their judgements",
    why: "They belong to the lines of the audit trail that name them.",
    days: undefined,
    by: "record",
    heldBy: "Nothing is deleted",
  },
  ownAudit: {
    title: "Signalbox's own audit trail",
    why: "Its lines are sealed into a chain: one that were deleted would read as tampering.",
    days: undefined,
    by: "record",
    heldBy: "Nothing is deleted",
  },
};

/** Up to which instant records of a kind are deleted at `now`; undefined for what is never deleted. `days`: where a hospital has chosen. */
export function deletedBefore(
  kind: RetentionKind,
  now: Date,
  days: number | undefined = retentionFacts[kind].days,
): Date | undefined {
  const { by } = retentionFacts[kind];
  if (days === undefined) return undefined;
  if (by === "record") return new Date(now.getTime() - days * DAY_MS);
  return new Date(startOfDay(now) - (days + GRACE_DAYS) * DAY_MS);
}

/** When the oldest record of a kind is deleted, with all that goes with it; undefined for what is never deleted. */
export function deletedAt(
  kind: RetentionKind,
  oldest: Date,
  days: number | undefined = retentionFacts[kind].days,
): Date | undefined {
  const { by } = retentionFacts[kind];
  if (days === undefined) return undefined;
  switch (by) {
    case "record":
      return new Date(oldest.getTime() + days * DAY_MS);
    case "day":
      return new Date(startOfDay(oldest) + (1 + days + GRACE_DAYS) * DAY_MS);
    case "month": {
      const nextMonth = Date.UTC(oldest.getUTCFullYear(), oldest.getUTCMonth() + 1, 1);
      return new Date(nextMonth + (days + GRACE_DAYS) * DAY_MS);
    }
  }
}

const DAY_MS = 86_400_000;
/** A day later than what is refused: a batch that was accepted just before midnight still finds its place. */
const GRACE_DAYS = 1;

function startOfDay(instant: Date): number {
  return Math.floor(instant.getTime() / DAY_MS) * DAY_MS;
}

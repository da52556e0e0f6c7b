import { retentionFacts } from "./kinds";

/** Kinds whose period a hospital may choose, each with the shortest and the longest it may be, in days. */
export const choosableDays = {
  // Never shorter than by default: what comes in is taken up to that age, and pages compare over it.
  samples: { least: 35, most: 366 },
  hours: { least: 396, most: 7 * 366 },
  deadLetters: { least: 7, most: 366 },
  externalAudit: { least: 7 * 366, most: 30 * 366 },
} as const;
export const choosableKinds = ["samples", "hours", "deadLetters", "externalAudit"] as const;
export type ChoosableKind = (typeof choosableKinds)[number];

/** What a hospital has chosen; a kind that is missing is kept as long as by default. */
export type Periods = Readonly<Partial<Record<ChoosableKind, number>>>;

/** The setting under which a period is kept. */
export function periodKey(kind: ChoosableKind): string {
  return `retention.${kind}`;
}

/** A period as it stands in the settings; undefined for what is not one, or is out of bounds. */
export function periodOf(kind: ChoosableKind, value: unknown): number | undefined {
  const { least, most } = choosableDays[kind];
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
    ? value
    : undefined;
}

/** How many days records of a kind are kept now. */
export function daysKept(kind: ChoosableKind, periods: Periods): number {
  return periods[kind] ?? retentionFacts[kind].days ?? 0;
}

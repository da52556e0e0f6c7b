import { zonedParts } from "@/lib/core/time/zone";

/** The first and last calendar day of a search, as `YYYY-MM-DD`, seen from today in the archive's zone. */
export function searchedDays(of: {
  readonly now: Date;
  readonly zone: string;
  readonly daysBack: number;
  readonly daysAhead: number;
}): { readonly fromDay: string; readonly toDay: string } {
  const { year, month, day } = zonedParts(of.now, of.zone);
  const shifted = (days: number) =>
    new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
  return { fromDay: shifted(-of.daysBack), toDay: shifted(of.daysAhead) };
}

import type { ReviewKind } from "@/lib/core/audit/review-words";
import { formatDay } from "@/lib/core/time/format";
import type { TimeRange } from "@/lib/core/time/range";

export const reviewTitles: Readonly<Record<ReviewKind, string>> = {
  activity: "Weekly review of activity",
  access: "Quarterly review of access",
};

/** "16 Nov – 22 Nov": the days of a period, both included. */
export function periodText(
  { from, to }: TimeRange,
  { zone, now }: { readonly zone: string; readonly now: Date },
): string {
  const day = (at: Date) => formatDay({ at, zone, now });
  return `${day(from)} – ${day(new Date(to.getTime() - 1))}`;
}

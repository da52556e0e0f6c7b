import type { Review } from "@/lib/core/audit/review";

/** What a review rests on, and what it could not see. */
export function coveredText({ kind, covered, zone }: Pick<Review, "kind" | "covered" | "zone">): string {
  const of = (name: string) => covered[name] ?? 0;
  switch (kind) {
    case "activity":
      return `${of("lines")} lines of the trail, ${of("people")} people, ${of("openings")} openings of values; of ${of("openingsWithName")} of these the patient's name was read. Hours of ${zone}.`;
    case "access":
      return `${of("held")} accounts, roles, tokens and clients as they were when the review began. Days of ${zone}.`;
  }
}

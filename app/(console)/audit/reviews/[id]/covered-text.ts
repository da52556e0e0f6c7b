import type { Review } from "@/lib/core/audit/review";

/** What a review rests on, and what it could not see. */
export function coveredText({ kind, covered, zone }: Pick<Review, "kind" | "covered" | "zone">): string {
  const of = (name: string) => covered[name] ?? 0;
  switch (kind) {
    case "activity":
      return `Read: ${of("lines")} lines of the trail. People in it: ${of("people")}. Openings of values: ${of("openings")}, with the patient's name read: ${of("openingsWithName")}. Hours of ${zone}.`;
    case "access":
      return `${of("held")} accounts, roles, tokens and clients as they were when the review began. Days of ${zone}.`;
  }
}

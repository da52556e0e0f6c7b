import { reviewRefSchema } from "@/lib/core/audit/schema";
import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { signReviewRow } from "@/lib/db/audit-reviews";
import { command } from "@/lib/services/command";

/**
 * Signs a review, once, when every line is judged. From then on it stays as it is. Input: { id }.
 * @throws AppError forbidden for whoever is no privacy officer | step_up_required | bad_request | conflict
 */
export const signReview = command({
  permission: "audit-review.write",
  input: reviewRefSchema,
  stepUp: true,
  run: async ({ tx, actor, input, now }) => {
    if (actor.kind !== "user" || !isPrivacyOfficer(actor)) {
      throw new AppError("forbidden", "A privacy officer signs reviews.");
    }
    if (await signReviewRow(tx, { id: input.id, by: actor.id, now })) return;
    throw new AppError("conflict", "Judge every line first. What is signed cannot be signed again.");
  },
  audit: ({ input }) => ({
    action: "E",
    entityType: "audit-review",
    entityId: input.id,
    detail: { signed: true },
  }),
});

/** Whether this person may sign reviews. */
export function isPrivacyOfficer(actor: Actor): boolean {
  return actor.kind === "user" && actor.grants.some(({ role }) => role === "privacy-officer");
}

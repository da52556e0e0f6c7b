import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { emergencyReviewSchema } from "@/lib/core/sso/schema";
import { findEmergencyUse, reviewEmergencyUse } from "@/lib/db/emergency";
import { command } from "@/lib/services/command";

/**
 * Says what a use of an emergency account was for. Never by whoever used it; a constraint of the database says so too.
 * Input: { id, text }. @throws AppError forbidden | bad_request | not_found | conflict
 */
export const reviewEmergency = command({
  permission: "break-glass.review",
  input: emergencyReviewSchema,
  run: async ({ tx, actor, input, now }) => {
    const use = await findEmergencyUse(tx, input.id);
    if (use === undefined) throw new AppError("not_found", "There is no such use.");
    if (use.review !== undefined) throw new AppError("conflict", "This use is reviewed already.");
    const by = reviewerOf(actor, use.userId);
    await reviewEmergencyUse(tx, { id: use.id, by, text: input.text, now });
    return { userId: use.userId };
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "emergency-use",
    entityId: input.id,
    detail: { person: result.userId, reviewed: true },
  }),
});

function reviewerOf(actor: Actor, userId: string): string {
  if (actor.kind !== "user" || actor.id === userId) {
    throw new AppError("forbidden", "Another person looks into this.");
  }
  return actor.id;
}

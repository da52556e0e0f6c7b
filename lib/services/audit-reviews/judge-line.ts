import { judgeLineSchema } from "@/lib/core/audit/schema";
import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { judgeReviewLine } from "@/lib/db/audit-reviews";
import { command } from "@/lib/services/command";

/**
 * Judges one line of a review, or judges it anew until the review is signed: fine or follow-up (with a note) for what was
 * done, confirmed for what somebody may do. Input: { id, position, judgement, note = "" }.
 * @throws AppError forbidden | bad_request | conflict where it is about oneself, signed, removed or gone
 */
export const judgeLine = command({
  permission: "audit-review.write",
  input: judgeLineSchema,
  run: async ({ tx, actor, input, now }) => {
    if (actor.kind === "user" && (await judgeReviewLine(tx, { ...input, by: actorId(actor), now }))) return;
    throw new AppError("conflict", "This cannot be judged: it is about yourself, signed, removed or gone.");
  },
  // What somebody notes stays with the line: the trail takes no free text.
  audit: ({ input: { id, position, judgement } }) => ({
    action: "U",
    entityType: "audit-review",
    entityId: id,
    detail: { line: position, judgement },
  }),
});

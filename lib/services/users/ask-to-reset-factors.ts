import { personRefSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { askForApproval, hasSecondPerson } from "@/lib/services/approvals/ask-for-approval";
import { command } from "@/lib/services/command";
import { personToChange } from "./person-to-change";

/**
 * Asks a second administrator to take every second factor of somebody away, who has lost them. Input: { userId }. Never by
 * one alone: where there is no second, it is done at the command line of the server.
 * @throws AppError forbidden | bad_request | step_up_required | not_found | conflict
 */
export const askToResetFactors = command({
  permission: "user.write",
  input: personRefSchema,
  stepUp: true,
  run: async ({ tx, actor, input: { userId }, now }) => {
    const person = await personToChange({ tx, actor, userId });
    if (actor.kind !== "user") throw new AppError("forbidden", "Only people ask for this.");
    if (person.disabledAt !== undefined) throw new AppError("conflict", "This account is disabled.");
    const kind = "reset-factors";
    if (!(await hasSecondPerson(tx, { kind, involved: [actor.id, userId] }))) {
      throw new AppError(
        "conflict",
        "There is no second administrator to approve this. It can be done at the command line of the server.",
      );
    }
    const act = { kind, payload: { userId } } as const;
    return { approvalId: await askForApproval(tx, { act, requesterId: actor.id, now }) };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "approval",
    entityId: result.approvalId,
    detail: { asked: "reset-factors", person: input.userId },
  }),
});

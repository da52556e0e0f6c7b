import { personRefSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { command } from "@/lib/services/command";
import { makeInvitationLink } from "./invitation-link";
import { personToChange } from "./person-to-change";

/**
 * A new link for somebody who is invited and has not come; the earlier one stops working. Input: { userId }.
 * @throws AppError forbidden | bad_request | step_up_required | not_found | conflict when they have joined or are disabled
 */
export const renewInvitation = command({
  permission: "user.write",
  input: personRefSchema,
  stepUp: true,
  run: async ({ tx, actor, input, now }) => {
    const person = await personToChange({ tx, actor, userId: input.userId });
    if (person.joinedAt !== undefined || person.disabledAt !== undefined) {
      throw new AppError("conflict", "Only somebody who is invited and has not come gets a new link.");
    }
    return makeInvitationLink(tx, { userId: person.id, now });
  },
  audit: ({ result }) => ({
    action: "U",
    entityType: "user",
    entityId: result.userId,
    detail: { invitedAgain: true, expiresAt: result.expiresAt.toISOString() },
  }),
});

import { invitePersonSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { insertInvited } from "@/lib/db/people";
import { command } from "@/lib/services/command";
import { makeInvitationLink } from "./invitation-link";

/**
 * Makes an account without roles and a one-time link, good for 72 hours, with which its person sets a password. The
 * link is in the answer and nowhere else. Input: { name, email }.
 * @throws AppError forbidden | bad_request | step_up_required | conflict when the address is taken
 */
export const invitePerson = command({
  permission: "user.write",
  input: invitePersonSchema,
  stepUp: true,
  run: async ({ tx, input, now }) => {
    const userId = await insertInvited(tx, { ...input, now });
    if (userId === undefined) throw new AppError("conflict", "Somebody has this address already.");
    return makeInvitationLink(tx, { userId, now });
  },
  audit: ({ result }) => ({
    action: "C",
    entityType: "user",
    entityId: result.userId,
    detail: { invited: true, expiresAt: result.expiresAt.toISOString() },
  }),
});

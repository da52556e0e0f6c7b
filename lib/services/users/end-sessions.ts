import { personRefSchema } from "@/lib/core/authz/schema";
import { endSessionsOf } from "@/lib/db/sessions";
import { command } from "@/lib/services/command";

/**
 * Ends all sessions of a person at once, everywhere; they may sign in again. Input: { userId }. Answers how many ran.
 * @throws AppError forbidden | bad_request | step_up_required
 */
export const endSessions = command({
  permission: "user.write",
  input: personRefSchema,
  stepUp: true,
  run: async ({ tx, input, now }) => ({ ended: await endSessionsOf(tx, { userId: input.userId, now }) }),
  audit: ({ input, result }) => ({
    action: "D",
    entityType: "session",
    entityId: input.userId,
    detail: { ended: result.ended },
  }),
});

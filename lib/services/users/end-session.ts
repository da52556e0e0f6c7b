import { sessionRefSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { endSessionRow } from "@/lib/db/sessions";
import { command } from "@/lib/services/command";

/**
 * Ends one session of a person at once, everywhere. Input: { userId, id }.
 * @throws AppError forbidden | bad_request | step_up_required | not_found
 */
export const endSession = command({
  permission: "user.write",
  input: sessionRefSchema,
  stepUp: true,
  run: async ({ tx, input, now }) => {
    const { userId } = input;
    if (!(await endSessionRow(tx, { tokenHash: Buffer.from(input.id, "hex"), userId, now }))) {
      throw new AppError("not_found", "This session is over already.");
    }
  },
  audit: ({ input }) => ({
    action: "D",
    entityType: "session",
    entityId: input.userId,
    detail: { ended: 1 },
  }),
});

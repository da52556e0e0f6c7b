import { personRefSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { enablePersonRow } from "@/lib/db/people";
import { command } from "@/lib/services/command";
import { personToChange } from "./person-to-change";

/**
 * Lets a disabled account sign in again, with the roles it had. Input: { userId }.
 * @throws AppError forbidden | bad_request | step_up_required | not_found | conflict when it is not disabled
 */
export const enablePerson = command({
  permission: "user.write",
  input: personRefSchema,
  stepUp: true,
  run: async ({ tx, actor, input }) => {
    const person = await personToChange({ tx, actor, userId: input.userId });
    if (!(await enablePersonRow(tx, person.id))) {
      throw new AppError("conflict", "This account is not disabled.");
    }
    return { userId: person.id };
  },
  audit: ({ result }) => ({
    action: "U",
    entityType: "user",
    entityId: result.userId,
    detail: { disabled: false },
  }),
});

import { personRefSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { disablePersonRow } from "@/lib/db/people";
import { command } from "@/lib/services/command";
import { keepAnAdministrator, personToChange } from "./person-to-change";

/**
 * Disables an account: its sessions end with the commit, and every page and live refresh asks anew. Input: { userId }.
 * @throws AppError forbidden | bad_request | step_up_required | not_found | conflict for the last administrator, or when it is disabled
 */
export const disablePerson = command({
  permission: "user.write",
  input: personRefSchema,
  stepUp: true,
  run: async ({ tx, actor, input, now }) => {
    const person = await personToChange({ tx, actor, userId: input.userId });
    await keepAnAdministrator(tx, person);
    if (!(await disablePersonRow(tx, { userId: person.id, now }))) {
      throw new AppError("conflict", "This account is disabled already.");
    }
    return { userId: person.id };
  },
  audit: ({ result }) => ({
    action: "U",
    entityType: "user",
    entityId: result.userId,
    detail: { disabled: true },
  }),
});

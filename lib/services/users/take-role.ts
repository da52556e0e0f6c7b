import { personGrantSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { deleteGrant } from "@/lib/db/role-grants";
import { command } from "@/lib/services/command";
import { keepAnAdministrator, personToChange } from "./person-to-change";

/**
 * Takes a role away; the next request of its holder is judged without it. Input: { userId, role, department = "" }.
 * @throws AppError forbidden | bad_request | step_up_required | not_found | conflict for the last administrator
 */
export const takeRole = command({
  permission: "user.write",
  input: personGrantSchema,
  stepUp: true,
  run: async ({ tx, actor, input: { userId, grant } }) => {
    const person = await personToChange({ tx, actor, userId });
    if (grant.role === "administrator") await keepAnAdministrator(tx, person);
    if (!(await deleteGrant(tx, { userId, grant }))) {
      throw new AppError("not_found", "This person does not hold this role there.");
    }
  },
  audit: ({ input: { userId, grant } }) => ({
    action: "U",
    entityType: "user",
    entityId: userId,
    detail: { took: grant.role, department: grant.department ?? null },
  }),
});

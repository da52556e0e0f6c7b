import { personRefSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { listDepartments } from "@/lib/db/role-grants";
import { query } from "@/lib/services/query";
import { listUsers, type UserView } from "./list-users";

export type PersonView = {
  readonly person: UserView;
  /** What a role can be held for. */
  readonly departments: readonly string[];
};

/** One person, and the departments there are. Input: { userId }. @throws AppError forbidden | bad_request | not_found */
export const readPerson = query({
  permission: "user.write",
  input: personRefSchema,
  disclosesPhi: false,
  run: async ({ actor, input }): Promise<PersonView> => {
    const [people, departments] = await Promise.all([listUsers(actor, {}), listDepartments()]);
    const person = people.find(({ id }) => id === input.userId);
    if (person === undefined) throw new AppError("not_found", "There is no such person.");
    return { person, departments };
  },
});

import { isSameGrant, roleFacts } from "@/lib/core/authz/role";
import { personGrantSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { askOrDo } from "@/lib/services/approvals/ask-or-do";
import { command } from "@/lib/services/command";
import { personToChange } from "./person-to-change";

/** What came of it: the person holds the role, or a second person is asked. */
export type GrantResult =
  | { readonly kind: "granted"; readonly isByOneAlone: boolean }
  | { readonly kind: "asked"; readonly approvalId: string };

/**
 * Gives somebody a role. One that discloses patient data waits for a second person; where there is none who could
 * decide, it is given at once and put on record as given by one alone. Input: { userId, role, department = "" }.
 * @throws AppError forbidden | bad_request | step_up_required | not_found | conflict
 */
export const grantRole = command({
  permission: "user.write",
  input: personGrantSchema,
  stepUp: true,
  run: async ({ tx, actor, input: { userId, grant }, now }): Promise<GrantResult> => {
    const person = await personToChange({ tx, actor, userId });
    if (person.disabledAt !== undefined) throw new AppError("conflict", "This account is disabled.");
    if (person.grants.some((held) => isSameGrant(held, grant))) {
      throw new AppError("conflict", "This person holds this role there already.");
    }
    const { role, department } = grant;
    const act = { kind: "grant-role", payload: { userId, role, department: department ?? null } } as const;
    const answer = await askOrDo({ tx, actor, now }, act, roleFacts[role].disclosesPatientData);
    return answer.kind === "asked" ? answer : { kind: "granted", isByOneAlone: answer.isByOneAlone };
  },
  audit: ({ input: { userId, grant }, result }) => ({
    action: result.kind === "granted" ? "U" : "C",
    entityType: result.kind === "granted" ? "user" : "approval",
    entityId: result.kind === "granted" ? userId : result.approvalId,
    detail: {
      person: userId,
      granted: result.kind === "granted" ? grant.role : null,
      asked: result.kind === "asked" ? grant.role : null,
      department: grant.department ?? null,
      byOneAlone: result.kind === "granted" && result.isByOneAlone,
    },
  }),
});

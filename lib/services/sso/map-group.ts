import { roleFacts } from "@/lib/core/authz/role";
import { AppError } from "@/lib/core/errors";
import { groupRoleRefSchema, groupRoleSchema } from "@/lib/core/sso/schema";
import { lockPeople } from "@/lib/db/people";
import { deleteGroupRole, listGroupRoles, takeGroupGrants } from "@/lib/db/sso";
import { askOrDo } from "@/lib/services/approvals/ask-or-do";
import { command } from "@/lib/services/command";

/**
 * Lets a group of the identity provider stand for a role. One that may disclose data of patients waits for a second person.
 * Input: { group, role, department = "" }.
 * @throws AppError forbidden | bad_request | step_up_required | conflict
 */
export const mapGroup = command({
  permission: "user.write",
  input: groupRoleSchema,
  stepUp: true,
  run: async ({ tx, actor, input, now }) => {
    await lockPeople(tx);
    const isMapped = (await listGroupRoles(tx)).some(
      ({ group, role, department }) =>
        group === input.group && role === input.role && department === input.department,
    );
    if (isMapped) throw new AppError("conflict", "This group stands for this role there already.");
    const act = { kind: "map-group", payload: input } as const;
    return askOrDo({ tx, actor, now }, act, roleFacts[input.role].disclosesPatientData);
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: result.kind === "asked" ? "approval" : "group-role",
    entityId: result.kind === "asked" ? result.approvalId : input.group,
    detail: { ...input, outcome: result.kind, byOneAlone: result.kind === "done" && result.isByOneAlone },
  }),
});

/**
 * Ends what a group stands for. Whoever holds the role by a group loses it with the next request, unless another group
 * stands for the same. Input: { id }. @throws AppError forbidden | bad_request | step_up_required | not_found
 */
export const unmapGroup = command({
  permission: "user.write",
  input: groupRoleRefSchema,
  stepUp: true,
  run: async ({ tx, input }) => {
    await lockPeople(tx);
    const ended = await deleteGroupRole(tx, input.id);
    if (ended === undefined) throw new AppError("not_found", "This group stands for nothing any more.");
    const { group, role, department } = ended;
    const isGivenElsewhere = (await listGroupRoles(tx)).some(
      (one) => one.role === role && one.department === department,
    );
    const people = isGivenElsewhere ? 0 : await takeGroupGrants(tx, { role, department });
    return { group, role, department, people };
  },
  audit: ({ input, result }) => ({
    action: "D",
    entityType: "group-role",
    entityId: input.id,
    detail: result,
  }),
});

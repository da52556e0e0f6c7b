import { subjectOf } from "@/lib/core/approval/kinds";
import type { ApprovalAct } from "@/lib/core/approval/schema";
import { isSameGrant, roleFacts } from "@/lib/core/authz/role";
import { personGrantSchema } from "@/lib/core/authz/schema";
import { AppError } from "@/lib/core/errors";
import { askForApproval, hasSecondPerson } from "@/lib/services/approvals/ask-for-approval";
import { carryOut } from "@/lib/services/approvals/carry-out";
import { type CommandContext, command } from "@/lib/services/command";
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
    const payload = { userId, role, department: department ?? null };
    return askOrGrant({ tx, actor, now }, { kind: "grant-role", payload });
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

type Context = Pick<CommandContext<unknown>, "tx" | "actor" | "now">;

async function askOrGrant(context: Context, act: ApprovalAct): Promise<GrantResult> {
  const { tx, actor, now } = context;
  const takesTwo = roleFacts[act.payload.role].disclosesPatientData;
  if (takesTwo && actor.kind === "user") {
    const involved = [actor.id, subjectOf(act)];
    if (await hasSecondPerson(tx, { kind: act.kind, involved })) {
      return { kind: "asked", approvalId: await askForApproval(tx, { act, requesterId: actor.id, now }) };
    }
  }
  await carryOut({ tx, act, now, requester: actor, approvedBy: undefined });
  return { kind: "granted", isByOneAlone: takesTwo };
}

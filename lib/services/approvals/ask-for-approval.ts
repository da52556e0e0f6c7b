import { APPROVAL_LIFETIME_MS, approvalKinds } from "@/lib/core/approval/kinds";
import type { ApprovalAct, ApprovalKind } from "@/lib/core/approval/schema";
import { policy } from "@/lib/core/authz/policy";
import { type Role, roles } from "@/lib/core/authz/role";
import { AppError } from "@/lib/core/errors";
import { insertApproval, isAsked } from "@/lib/db/approvals";
import { countHolders } from "@/lib/db/people";
import type { Transaction } from "@/lib/db/transaction";

/** Puts an act before a second person. Answers with the id of the request. @throws AppError conflict when it waits already */
export async function askForApproval(
  tx: Transaction,
  request: { readonly act: ApprovalAct; readonly requesterId: string; readonly now: Date },
): Promise<string> {
  if (await isAsked(tx, request.act)) {
    throw new AppError("conflict", "The same is waiting for a second person already.");
  }
  const expiresAt = new Date(request.now.getTime() + APPROVAL_LIFETIME_MS);
  return insertApproval(tx, { ...request, expiresAt });
}

/** Whether anybody but those involved could decide on such an act. */
export async function hasSecondPerson(
  tx: Transaction,
  ask: { readonly kind: ApprovalKind; readonly involved: readonly string[] },
): Promise<boolean> {
  return (await countHolders(tx, { roles: decidingRoles(ask.kind), except: ask.involved })) > 0;
}

/** The roles whose holders decide on such acts. */
export function decidingRoles(kind: ApprovalKind): readonly Role[] {
  return roles.filter((role) => policy[role].includes(approvalKinds[kind].decides));
}

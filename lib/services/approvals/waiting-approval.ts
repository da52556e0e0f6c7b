import { approvalKinds, subjectOf } from "@/lib/core/approval/kinds";
import type { ApprovalAct } from "@/lib/core/approval/schema";
import { type Actor, actorId } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { type Approval, lockApproval } from "@/lib/db/approvals";
import type { Transaction } from "@/lib/db/transaction";

type Waiting = Approval & { readonly act: ApprovalAct };

/** A request that waits, locked until the decision is committed. @throws AppError not_found | conflict when it is settled or out of date */
export async function waitingApproval(
  tx: Transaction,
  { id, now }: { readonly id: string; readonly now: Date },
): Promise<Waiting> {
  const approval = await lockApproval(tx, id);
  if (approval?.act === undefined) throw new AppError("not_found", "There is no such request.");
  if (approval.outcome !== undefined || approval.expiresAt <= now) {
    throw new AppError("conflict", "This request is settled already, or its time is over.");
  }
  return { ...approval, act: approval.act };
}

/** Why somebody may not decide on a request; undefined when they may. */
export function whyNotDecide(
  actor: Actor,
  request: { readonly act: ApprovalAct; readonly requester: { readonly id: string } },
): string | undefined {
  const self = actorId(actor);
  if (request.requester.id === self) return "You asked for this: another person decides.";
  if (subjectOf(request.act) === self) return "It is about your own rights: another person decides.";
  if (!can(actor, approvalKinds[request.act.kind].decides)) return "Your roles do not decide on this.";
  return undefined;
}

/** Lets only a second person through. @throws AppError forbidden */
export function requireSecondPerson(actor: Actor, request: Waiting): string {
  if (actor.kind !== "user" || whyNotDecide(actor, request) !== undefined) {
    throw new AppError("forbidden", "Somebody else must decide on this request.");
  }
  return actor.id;
}

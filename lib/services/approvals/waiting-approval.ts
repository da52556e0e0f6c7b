import { approvalKinds, isDecider, subjectOf } from "@/lib/core/approval/kinds";
import type { ApprovalAct } from "@/lib/core/approval/schema";
import { type Actor, actorId } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { type Approval, lockApproval } from "@/lib/db/approvals";
import { listApproversOf } from "@/lib/db/deputies";
import type { Transaction } from "@/lib/db/transaction";
import type { Account } from "@/lib/db/users";

type Waiting = Approval & { readonly act: ApprovalAct };
type Asked = { readonly act: ApprovalAct; readonly requester: { readonly id: string } };

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

/** In whose right somebody may decide on a request, or why they may not. */
export type Standing =
  | { readonly kind: "own" }
  | { readonly kind: "deputy"; readonly for: Account }
  | { readonly kind: "none"; readonly why: string };

/** `approvers`: who has named this person their deputy. Neither they nor this person may have asked, nor be whom it is about. */
export function standingOf(actor: Actor, request: Asked, approvers: readonly Account[]): Standing {
  const self = actorId(actor);
  const { kind } = request.act;
  const subject = subjectOf(request.act);
  if (request.requester.id === self) {
    return { kind: "none", why: "You asked for this: another person decides." };
  }
  if (subject === self) return { kind: "none", why: "It is about your own account: another person decides." };
  if (can(actor, approvalKinds[kind].decides)) return { kind: "own" };
  const approver = approvers.find(
    ({ id, grants }) => id !== request.requester.id && id !== subject && isDecider(kind, grants),
  );
  if (approver !== undefined) return { kind: "deputy", for: approver };
  return { kind: "none", why: "Your roles do not decide on this." };
}

/** Who decides, and for whom where they are a deputy. @throws AppError forbidden for everybody but a second person */
export async function requireSecondPerson(
  actor: Actor,
  request: Waiting,
  now: Date,
): Promise<{ readonly decidedById: string; readonly decidedForId: string | undefined }> {
  const self = actorId(actor);
  const standing = standingOf(actor, request, await listApproversOf(self, now));
  if (actor.kind !== "user" || standing.kind === "none") {
    throw new AppError("forbidden", "Somebody else must decide on this request.");
  }
  return { decidedById: self, decidedForId: standing.kind === "deputy" ? standing.for.id : undefined };
}

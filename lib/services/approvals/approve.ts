import { type ApprovalAct, approveSchema } from "@/lib/core/approval/schema";
import type { Actor } from "@/lib/core/authz/actor";
import { settleApproval } from "@/lib/db/approvals";
import { findPerson, lockPeople } from "@/lib/db/people";
import type { Transaction } from "@/lib/db/transaction";
import { command } from "@/lib/services/command";
import { carryOut } from "./carry-out";
import { requireSecondPerson, waitingApproval } from "./waiting-approval";
import { whyVoid } from "./why-void";

export type ApproveResult =
  | { readonly outcome: "approved" }
  /** Approved, but by now it could not be asked for any more: nothing was done. */
  | { readonly outcome: "void"; readonly why: string };

/**
 * Approves a request and carries it out in the same transaction, after asking again whether its requester could still
 * ask for it. Input: { id, reason = "" }.
 * @throws AppError forbidden | bad_request | step_up_required | not_found | conflict
 */
export const approve = command({
  permission: "approval.read",
  input: approveSchema,
  stepUp: true,
  run: async ({ tx, actor, input, now }): Promise<ApproveResult & { readonly act: ApprovalAct }> => {
    await lockPeople(tx);
    const request = await waitingApproval(tx, { id: input.id, now });
    const { act, id } = request;
    const decider = await requireSecondPerson(actor, request, now);
    const asker = await requesterNow(tx, request.requester.id);
    const why = await whyVoid({ tx, act, asker });
    const outcome = why === undefined ? "approved" : "void";
    await settleApproval(tx, { id, outcome, ...decider, reason: why ?? input.reason, now });
    if (why !== undefined || asker === undefined) return { outcome: "void", why: why ?? "", act };
    await carryOut({ tx, act, requester: asker, approvedBy: decider.decidedById, now });
    return { outcome: "approved", act };
  },
  audit: ({ input, result }) => ({
    action: "E",
    entityType: "approval",
    entityId: input.id,
    detail: { kind: result.act.kind, ...result.act.payload, outcome: result.outcome, reason: input.reason },
  }),
});

/** Who asked, as they are now; undefined when their account can no longer act. */
async function requesterNow(tx: Transaction, userId: string): Promise<Actor | undefined> {
  const person = await findPerson(tx, userId);
  if (person === undefined || person.disabledAt !== undefined) return undefined;
  const { id, name, email, grants } = person;
  return { kind: "user", id, name, email, grants };
}

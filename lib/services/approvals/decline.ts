import { declineSchema } from "@/lib/core/approval/schema";
import { settleApproval } from "@/lib/db/approvals";
import { command } from "@/lib/services/command";
import { requireSecondPerson, waitingApproval } from "./waiting-approval";

/**
 * Declines a request with a reason that its requester reads. Input: { id, reason }.
 * @throws AppError forbidden | bad_request | step_up_required | not_found | conflict
 */
export const decline = command({
  permission: "approval.read",
  input: declineSchema,
  stepUp: true,
  run: async ({ tx, actor, input, now }) => {
    const request = await waitingApproval(tx, { id: input.id, now });
    const decider = await requireSecondPerson(actor, request, now);
    await settleApproval(tx, { ...input, ...decider, outcome: "declined", now });
    return request.act;
  },
  audit: ({ input, result }) => ({
    action: "E",
    entityType: "approval",
    entityId: input.id,
    detail: { kind: result.kind, ...result.payload, outcome: "declined", reason: input.reason },
  }),
});

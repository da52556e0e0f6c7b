import { approvalRefSchema } from "@/lib/core/approval/schema";
import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { settleApproval } from "@/lib/db/approvals";
import { command } from "@/lib/services/command";
import { waitingApproval } from "./waiting-approval";

/** Takes back what one asked for oneself. Input: { id }. @throws AppError forbidden | bad_request | not_found | conflict */
export const withdraw = command({
  permission: "approval.read",
  input: approvalRefSchema,
  run: async ({ tx, actor, input, now }) => {
    const request = await waitingApproval(tx, { id: input.id, now });
    if (request.requester.id !== actorId(actor)) {
      throw new AppError("forbidden", "Only whoever asked for this takes it back.");
    }
    await settleApproval(tx, { id: input.id, outcome: "withdrawn", decidedById: undefined, reason: "", now });
    return request.act;
  },
  audit: ({ input, result }) => ({
    action: "E",
    entityType: "approval",
    entityId: input.id,
    detail: { kind: result.kind, ...result.payload, outcome: "withdrawn" },
  }),
});

import { z } from "zod";
import { approvalKinds, escalatesAt } from "@/lib/core/approval/kinds";
import { approvalRefSchema } from "@/lib/core/approval/schema";
import type { Actor } from "@/lib/core/authz/actor";
import {
  type Approval,
  escalateApproval,
  listWaiting,
  lockApproval,
  settleApproval,
} from "@/lib/db/approvals";
import { insertNotice } from "@/lib/db/notices";
import type { Transaction } from "@/lib/db/transaction";
import { command } from "@/lib/services/command";

const clock: Actor = { kind: "system", name: "approvals" };
const step = approvalRefSchema.extend({ step: z.enum(["escalated", "expired"]), at: z.date() });

/**
 * Points out requests that have waited half their time, and ends those whose time is over, undone. One audit line
 * each. Answers with how many there were.
 */
export async function settleOverdue(now: Date): Promise<number> {
  const waiting = await listWaiting();
  const due = waiting.flatMap((request) => {
    const step = stepDue(request, now);
    return step === undefined ? [] : [{ id: request.id, step, at: now }];
  });
  for (const one of due) await takeStep(clock, one);
  return due.length;
}

function stepDue(request: Approval, now: Date): "escalated" | "expired" | undefined {
  if (request.expiresAt <= now) return "expired";
  return request.escalatedAt === undefined && escalatesAt(request) <= now ? "escalated" : undefined;
}

async function pointOut(tx: Transaction, { id, act, requester }: Approval, now: Date): Promise<void> {
  await escalateApproval(tx, id, now);
  if (act === undefined) return;
  const detail = { title: approvalKinds[act.kind].title, requesterId: requester.id };
  await insertNotice(tx, { permission: "approval.read", notice: { kind: "request-waits", detail }, now });
}

const takeStep = command({
  permission: "role.approve",
  input: step,
  run: async ({ tx, input: { id, step, at } }) => {
    const request = await lockApproval(tx, id);
    // Somebody may have decided since it was found.
    if (request === undefined || request.outcome !== undefined) return;
    if (step === "escalated") return pointOut(tx, request, at);
    await settleApproval(tx, { id, outcome: "expired", decidedById: undefined, reason: "", now: at });
  },
  audit: ({ input }) => ({
    action: "E",
    entityType: "approval",
    entityId: input.id,
    detail: { outcome: input.step },
  }),
});

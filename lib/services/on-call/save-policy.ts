import { randomUUID } from "node:crypto";
import { z } from "zod";
import { actorId } from "@/lib/core/authz/actor";
import type { Reach } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { policySchema } from "@/lib/core/notice/schema";
import { listPolicyRows, removePolicyRow, savePolicyRow } from "@/lib/db/on-call-policies";
import { command } from "@/lib/services/command";
import { requireDepartment } from "./team-in-reach";

/**
 * Says whom incidents of a department, or all others, are told step by step. One that is on its way goes by what was
 * said when it began. Input: { id?, name, department?, plan }.
 * @throws AppError forbidden | bad_request | not_found | conflict where the department has a policy
 */
export const savePolicy = command({
  permission: "on-call.write",
  input: policySchema,
  run: async ({ tx, actor, input, now, reach }) => {
    if (input.id !== undefined) await requireOwn(input.id, reach);
    requireDepartment(input.department, reach);
    const { id = randomUUID(), name, department, plan } = input;
    const isNew = input.id === undefined;
    const policy = { id, name, department, plan, isNew, by: actorId(actor), now };
    if (await savePolicyRow(tx, policy)) return { id };
    throw new AppError("conflict", "There is a policy for this department already.");
  },
  audit: ({ input, result }) => ({
    action: input.id === undefined ? "C" : "U",
    entityType: "escalation-policy",
    entityId: result.id,
    detail: { name: input.name, department: input.department ?? null, steps: input.plan.steps.length },
  }),
});

/** Takes a policy away: its incidents go by the one for all. Input: { id }. @throws AppError forbidden | not_found */
export const removePolicy = command({
  permission: "on-call.write",
  input: z.object({ id: z.uuid() }),
  run: async ({ tx, actor, input, now, reach }) => {
    await requireOwn(input.id, reach);
    await removePolicyRow(tx, { id: input.id, by: actorId(actor), now });
  },
  audit: ({ input }) => ({ action: "D", entityType: "escalation-policy", entityId: input.id }),
});

async function requireOwn(id: string, reach: Reach): Promise<void> {
  const policy = (await listPolicyRows()).find((one) => one.id === id);
  if (policy === undefined) throw new AppError("not_found", "There is no such policy.");
  requireDepartment(policy.department, reach);
}

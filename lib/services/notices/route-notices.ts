import { beginEscalation } from "@/lib/core/notice/escalation";
import type { OutgoingNotice, Plan } from "@/lib/core/notice/schema";
import { insertDeliveries, type Recipient } from "@/lib/db/notice-deliveries";
import { beginEscalationRow, endEscalation } from "@/lib/db/notice-escalations";
import { lockUnrouted, markRouted, type RaisedNotice, toldOf } from "@/lib/db/notice-routing";
import { findCallable } from "@/lib/db/on-call";
import { listPolicyRows } from "@/lib/db/on-call-policies";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { readRecipients } from "@/lib/services/on-call/find-recipients";

/** Settles who is told of everything that was raised. Answers with how many notices it settled. */
export async function routeNotices(now: Date): Promise<number> {
  for (let settled = 0; ; settled++) {
    const isOne = await inTransaction(async (tx) => {
      const raised = await lockUnrouted(tx);
      if (raised === undefined) return false;
      await route(tx, raised, now);
      await markRouted(tx, { id: raised.id, now });
      return true;
    });
    if (!isOne) return settled;
  }
}

async function route(tx: Transaction, { id, notice }: RaisedNotice, now: Date): Promise<void> {
  const { kind, incidentId } = notice;
  switch (kind) {
    case "incident_opened":
      return begin(tx, { id, notice }, now);
    case "incident_escalated":
      await begin(tx, { id, notice }, now);
      return tellAgain(tx, { id, notice }, now);
    case "incident_handed_over":
      return tellDepartment(tx, { id, notice }, now);
    case "incident_acknowledged":
      await endEscalation(tx, { incidentId, because: "acknowledged", now });
      return tellAgain(tx, { id, notice }, now);
    case "incident_resolved":
      await endEscalation(tx, { incidentId, because: "resolved", now });
      return tellAgain(tx, { id, notice }, now);
    case "condition_cleared":
      return tellAgain(tx, { id, notice }, now);
    case "test":
      // Goes through one channel, and was put in line with it.
      return;
  }
}

async function begin(tx: Transaction, { id, notice }: RaisedNotice, now: Date): Promise<void> {
  const plan = await planFor(notice);
  if (plan === undefined) return;
  const { incidentId, severity } = notice;
  const at = beginEscalation({ plan, severity, now });
  await beginEscalationRow(tx, { incidentId, noticeId: id, plan, at, now });
}

/** The policy of the department, or the one for all; where there is none, administrators are told, so that nothing goes nowhere. */
async function planFor({ department }: OutgoingNotice): Promise<Plan | undefined> {
  const policies = await listPolicyRows();
  const own = policies.find((policy) => policy.department === (department ?? undefined));
  const policy = own ?? policies.find((one) => one.department === undefined);
  if (policy !== undefined) return policy.plan;
  const administrators = await findCallable({ role: "administrator" });
  if (administrators.length === 0) return undefined;
  const targets = administrators.slice(0, 10).map((id) => ({ kind: "person", id }) as const);
  return { steps: [], lastResort: { afterMinutes: 0, targets }, repeats: 1, repeatAfterMinutes: 30 };
}

/**
 * Whoever was told of the incident is told how it went on. That it was acknowledged concerns PagerDuty alone, which would
 * go on calling; that a part of it cleared means nothing to it.
 */
async function tellAgain(tx: Transaction, { id, notice }: RaisedNotice, now: Date): Promise<void> {
  const told = await toldOf(tx, notice.incidentId);
  const concerned = told.filter(({ kind }) => {
    if (notice.kind === "incident_acknowledged") return kind === "pagerduty";
    return notice.kind !== "condition_cleared" || kind !== "pagerduty";
  });
  await deliverTo(tx, { id, recipients: concerned, now });
}

/** Whoever is on call for the department it was handed to. */
async function tellDepartment(tx: Transaction, { id, notice }: RaisedNotice, now: Date): Promise<void> {
  if (notice.department === null) return;
  const targets = [{ kind: "department", name: notice.department } as const];
  const find = await readRecipients(now, targets);
  await deliverTo(tx, { id, recipients: find(targets).recipients, now });
}

async function deliverTo(
  tx: Transaction,
  to: { readonly id: string; readonly recipients: readonly Recipient[]; readonly now: Date },
): Promise<void> {
  await insertDeliveries(tx, { noticeId: to.id, recipients: to.recipients, now: to.now });
}

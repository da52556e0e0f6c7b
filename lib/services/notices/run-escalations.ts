import { escalate } from "@/lib/core/notice/escalation";
import { insertDeliveries } from "@/lib/db/notice-deliveries";
import {
  type EscalationRecord,
  insertStep,
  lockDueEscalation,
  saveEscalation,
} from "@/lib/db/notice-escalations";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { readRecipients } from "@/lib/services/on-call/find-recipients";

/**
 * Takes every step that is due. A step, whom it tells and how far the incident has come are written together: a worker
 * that is killed leaves all of it or nothing. Answers with how many incidents it moved.
 */
export async function runEscalations(now: Date): Promise<number> {
  for (let moved = 0; ; moved++) {
    const isOne = await inTransaction(async (tx) => {
      const due = await lockDueEscalation(tx, now);
      if (due === undefined) return false;
      await move(tx, due, now);
      return true;
    });
    if (!isOne) return moved;
  }
}

async function move(tx: Transaction, due: EscalationRecord, now: Date): Promise<void> {
  const { incidentId, noticeId, plan, severity } = due;
  const targets = [...plan.steps, plan.lastResort].flatMap((step) => step.targets);
  const find = await readRecipients(now, targets);
  const { at, taken } = escalate({ plan, severity, at: due.at, now, find });
  for (const step of taken) {
    const told = await insertDeliveries(tx, { noticeId, recipients: step.recipients, of: step, now });
    await insertStep(tx, { incidentId, step, told, now });
  }
  await saveEscalation(tx, { incidentId, at, now });
}

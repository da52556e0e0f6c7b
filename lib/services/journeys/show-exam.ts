import { randomUUID } from "node:crypto";
import { type Actor, actorId } from "@/lib/core/authz/actor";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { statedReasonSchema } from "@/lib/core/disclosure/schema";
import {
  openingsPerHour,
  openingsWindowMs,
  remainingMs,
  valuesShownMs,
} from "@/lib/core/disclosure/values-grant";
import { AppError } from "@/lib/core/errors";
import {
  countDisclosures,
  findExamDisclosure,
  insertExamDisclosure,
  lockDisclosures,
} from "@/lib/db/disclosures";
import { readExamLine, readExamPatients } from "@/lib/db/exam-read";
import type { Transaction } from "@/lib/db/transaction";
import { command } from "@/lib/services/command";
import { scrubReason } from "@/lib/services/disclosure/scrub-reason";
import { examIdSchema } from "./read-exam";

/**
 * Lets a person see the patient and the numbers of one exam for ten minutes, on the same path and with the same limit as
 * the values of a message. Input: { id, reason, reasonText }. Answers with the milliseconds that are left.
 * @throws AppError forbidden | step_up_required | bad_request | not_found | conflict while they are open already | rate_limited
 */
export async function showExam(actor: Actor, rawInput: unknown): Promise<{ readonly remainingMs: number }> {
  const { expiresAt, now } = await grantExam(actor, rawInput);
  return { remainingMs: remainingMs(expiresAt, now) };
}

const grantExam = command({
  permission: "exam.unmask",
  stepUp: true,
  input: examIdSchema.extend(statedReasonSchema.shape),
  run: async ({ tx, actor, input, now, reach }) => {
    if (contentAccess(actor).kind === "closed") throw new AppError("not_available", "Values are closed.");
    if ((await readExamLine(input.id, reach)) === undefined) {
      throw new AppError("not_found", "There is no such exam.");
    }
    const userId = actorId(actor);
    await requireRoom(tx, { userId, examId: input.id, now });
    const grant = {
      id: randomUUID(),
      userId,
      examId: input.id,
      reason: input.reason,
      reasonText: scrubReason(input.reasonText),
      grantedAt: now,
      expiresAt: new Date(now.getTime() + valuesShownMs),
    };
    await insertExamDisclosure(tx, grant);
    return { ...grant, patientRefs: await readExamPatients(input.id, reach), now };
  },
  audit: ({ input, result: { id, reason, expiresAt, patientRefs } }) => ({
    action: "R",
    entityType: "exam-values",
    entityId: input.id,
    detail: { grant: id, reason, until: expiresAt.toISOString() },
    patientRefs,
  }),
});

/** @throws AppError conflict | rate_limited */
async function requireRoom(
  tx: Transaction,
  ask: { readonly userId: string; readonly examId: string; readonly now: Date },
): Promise<void> {
  await lockDisclosures(tx, ask.userId);
  if ((await findExamDisclosure(ask)) !== undefined) {
    throw new AppError("conflict", "The values of this exam are open to you already.");
  }
  const since = new Date(ask.now.getTime() - openingsWindowMs);
  if ((await countDisclosures(tx, { userId: ask.userId, since })) >= openingsPerHour) {
    throw new AppError(
      "rate_limited",
      "You opened the values of ten messages or exams within an hour. Wait until the first of them is an hour old.",
    );
  }
}

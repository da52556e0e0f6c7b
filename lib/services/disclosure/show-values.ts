import { randomUUID } from "node:crypto";
import type { z } from "zod";
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
import { printPlace } from "@/lib/core/message/delivery-place";
import {
  countDisclosures,
  findLiveDisclosure,
  insertDisclosureGrant,
  lockDisclosures,
  readMessagePatients,
} from "@/lib/db/disclosures";
import type { Transaction } from "@/lib/db/transaction";
import { type CommandContext, command } from "@/lib/services/command";
import { placeSchema } from "@/lib/services/messages/message-input";
import { scrubReason } from "./scrub-reason";

/**
 * Lets a person see the values of one message for ten minutes. Input: the place of one delivery, { reason, reasonText }.
 * Answers with the milliseconds that are left. The one line in the audit trail stands for all looks in that time.
 * @throws AppError forbidden | step_up_required | bad_request | not_found | conflict while the values are open already | rate_limited | not_available while content is closed to this person
 */
export async function showValues(actor: Actor, rawInput: unknown): Promise<{ readonly remainingMs: number }> {
  const { expiresAt, now } = await grantValues(actor, rawInput);
  return { remainingMs: remainingMs(expiresAt, now) };
}

const askSchema = placeSchema.extend(statedReasonSchema.shape);
type Ask = z.output<typeof askSchema>;

const grantValues = command({
  permission: "message.unmask",
  stepUp: true,
  input: askSchema,
  run: async (context) => {
    const { tx, actor, input, now, reach } = context;
    if (contentAccess(actor).kind === "closed") {
      throw new AppError("not_available", "Message content is closed.");
    }
    const patients = await readMessagePatients(input, reach);
    if (patients === undefined) throw new AppError("not_found", "There is no such message.");
    await requireRoom(tx, context);
    const grant = {
      id: randomUUID(),
      userId: actorId(actor),
      place: placeOf(input),
      reason: input.reason,
      reasonText: scrubReason(input.reasonText),
      grantedAt: now,
      expiresAt: new Date(now.getTime() + valuesShownMs),
    };
    await insertDisclosureGrant(tx, grant);
    return { ...grant, ...patients, now };
  },
  audit: ({ input, result: { id, reason, expiresAt, messageKey, patientRefs } }) => ({
    action: "R",
    entityType: "message-values",
    entityId: printPlace(input),
    detail: { grant: id, reason, until: expiresAt.toISOString(), messageKey },
    patientRefs,
  }),
});

function placeOf({ legId, receivedAt, id }: Ask) {
  return { legId, receivedAt, id };
}

/** One message a time that cannot be prolonged while it runs, and no more than some an hour. @throws AppError conflict | rate_limited */
async function requireRoom(tx: Transaction, { actor, input, now }: CommandContext<Ask>): Promise<void> {
  const userId = actorId(actor);
  await lockDisclosures(tx, userId);
  if ((await findLiveDisclosure({ userId, place: placeOf(input), now })) !== undefined) {
    throw new AppError("conflict", "The values of this message are open to you already.");
  }
  const since = new Date(now.getTime() - openingsWindowMs);
  if ((await countDisclosures(tx, { userId, since })) >= openingsPerHour) {
    throw new AppError(
      "rate_limited",
      "You opened the values of ten messages within an hour. Wait until the first of them is an hour old.",
    );
  }
}

import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { emergencyMarkSchema } from "@/lib/core/sso/schema";
import { deleteEmergencyAccount, insertEmergencyAccount } from "@/lib/db/emergency";
import { insertNotice } from "@/lib/db/notices";
import { findPerson } from "@/lib/db/people";
import { hasIdentity } from "@/lib/db/sso";
import type { Transaction } from "@/lib/db/transaction";
import { command } from "@/lib/services/command";

/**
 * Keeps a local account for the day on which the identity provider is away, or no longer. Privacy officers are told.
 * Input: { userId, isKept }. @throws AppError forbidden | bad_request | step_up_required | not_found | conflict
 */
export const markEmergency = command({
  permission: "user.write",
  input: emergencyMarkSchema,
  stepUp: true,
  run: async ({ tx, actor, input, now }) => {
    const { userId, isKept } = input;
    await requireLocal(tx, userId);
    const by = actorId(actor);
    const isChanged = isKept
      ? await insertEmergencyAccount(tx, { userId, by, now })
      : await deleteEmergencyAccount(tx, userId);
    if (!isChanged) throw new AppError("conflict", "This is so already.");
    const detail = { userId, by, isMarked: isKept };
    await insertNotice(tx, {
      permission: "approval.read",
      notice: { kind: "emergency-marked", detail },
      now,
    });
  },
  audit: ({ input }) => ({
    action: "U",
    entityType: "user",
    entityId: input.userId,
    detail: { keptForEmergencies: input.isKept },
  }),
});

async function requireLocal(tx: Transaction, userId: string): Promise<void> {
  const person = await findPerson(tx, userId);
  if (person === undefined) throw new AppError("not_found", "There is no such person.");
  if (person.joinedAt === undefined || (await hasIdentity(tx, userId))) {
    throw new AppError("conflict", "Only a local account with a password of its own can be kept.");
  }
}

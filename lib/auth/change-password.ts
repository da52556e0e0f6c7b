import { randomUUID } from "node:crypto";
import { passwordChangeSchema, passwordSchema } from "@/lib/core/account/schema";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import { AppError } from "@/lib/core/errors";
import { hashPassword, verifyPassword } from "@/lib/crypto/password";
import { appendAudit } from "@/lib/db/audit";
import { findPasswordHash, updatePasswordHash } from "@/lib/db/passwords";
import { endSessionsOf } from "@/lib/db/sessions";
import { inTransaction } from "@/lib/db/transaction";
import { requireSession } from "./current-actor";
import { requireFreshFactor } from "./fresh-factor";
import { countCodeAttempt, forgetCodeAttempts } from "./second-factor-attempts";

/**
 * Changes the password of whoever gives { current, password } after a fresh second factor: both factors anew (OWASP
 * ASVS 5.0, 7.5.1). Their other sessions end. @throws AppError unauthenticated | bad_request | step_up_required | rate_limited
 */
export async function changeMyPassword(rawInput: unknown): Promise<{ readonly endedSessions: number }> {
  const live = await requireSession();
  const given = passwordChangeSchema.safeParse(rawInput);
  if (!given.success) throw new AppError("bad_request", "Fill in all of the fields.");
  const { current, password } = given.data;
  if (!passwordSchema.safeParse(password).success) {
    throw new AppError(
      "bad_request",
      "Choose a new password of at least 8 characters that is not among the most used.",
    );
  }
  const userId = live.actor.id;
  const now = new Date();
  await requireFreshFactor(live, now);
  await countCodeAttempt(live, now);
  if (!(await verifyPassword({ stored: await findPasswordHash(userId), password: current }))) {
    await inTransaction((tx) => appendAudit(tx, leafOf({ userId, now, outcome: "failure" })));
    throw new AppError("bad_request", "The current password is not right.");
  }
  await forgetCodeAttempts(live);
  const passwordHash = await hashPassword(password);
  const endedSessions = await inTransaction(async (tx) => {
    await updatePasswordHash(tx, { userId, passwordHash });
    await appendAudit(tx, leafOf({ userId, now, outcome: "success" }));
    return endSessionsOf(tx, { userId, now, except: live.session.tokenHash });
  });
  return { endedSessions };
}

function leafOf(of: {
  readonly userId: string;
  readonly now: Date;
  readonly outcome: "success" | "failure";
}): AuditLeaf {
  return {
    at: of.now,
    actorKind: "user",
    actorId: of.userId,
    action: "U",
    permission: "password",
    entityType: "user",
    entityId: of.userId,
    outcome: of.outcome,
    detail: {},
    requestId: randomUUID(),
  };
}

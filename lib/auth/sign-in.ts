import { createHash, randomUUID } from "node:crypto";
import { credentialsSchema } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { verifyPassword } from "@/lib/crypto/password";
import { appendAudit } from "@/lib/db/audit";
import { countSignInAttempt, forgetSignInAttempts } from "@/lib/db/sign-in-throttle";
import { inTransaction } from "@/lib/db/transaction";
import { findAccountByEmail } from "@/lib/db/users";
import { isWelcomeHere } from "./demo-account";
import { alarmOnEmergency, mayUsePassword } from "./emergency-account";
import { startSessionIn } from "./session";

export type SignInAttempt = {
  readonly credentials: unknown;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
  readonly now: Date;
};

/**
 * Checks an address and a password. Answers with the token of a new session, or undefined: a wrong password, an
 * unknown address, a disabled account and one that is not welcome here look and take the same.
 * @throws AppError rate_limited after too many attempts (`info.retryAfterS`)
 */
export async function signIn(
  attempt: SignInAttempt,
): Promise<{ readonly userId: string; readonly token: string } | undefined> {
  const parsed = credentialsSchema.safeParse(attempt.credentials);
  if (!parsed.success) return undefined;
  const { email, password } = parsed.data;
  const key = { email, address: attempt.address ?? "unknown" };
  const retryAfterS = await countSignInAttempt(key);
  if (retryAfterS > 0) {
    await auditFailure({ email, now: attempt.now, reason: "throttled" });
    throw new AppError("rate_limited", "Too many attempts to sign in.", { info: { retryAfterS } });
  }
  const account = await findAccountByEmail(email);
  // Who comes from an identity provider has no password: nothing is one.
  const isRight = await verifyPassword({ stored: account?.passwordHash || undefined, password });
  const mayTry = account !== undefined && isRight && account.disabledAt === undefined;
  if (!mayTry || !(await isWelcomeHere(account.id)) || !(await mayUsePassword(account.id))) {
    await auditFailure({ email, now: attempt.now, reason: "refused" });
    return undefined;
  }
  await forgetSignInAttempts(key);
  const { now, userAgent, address } = attempt;
  const token = await inTransaction(async (tx) => {
    await alarmOnEmergency(tx, { userId: account.id, address, now });
    return startSessionIn(tx, { account, now, userAgent, address });
  });
  return { userId: account.id, token };
}

// People type passwords into the wrong field: the trail keeps a digest of the address, never the text.
async function auditFailure(failure: {
  readonly email: string;
  readonly now: Date;
  readonly reason: "throttled" | "refused";
}): Promise<void> {
  const entityId = createHash("sha256").update(failure.email).digest("hex").slice(0, 16);
  await inTransaction((tx) =>
    appendAudit(tx, {
      at: failure.now,
      actorKind: "system",
      actorId: "sign-in",
      action: "E",
      permission: "sign-in",
      entityType: "account-digest",
      entityId,
      outcome: "failure",
      detail: { reason: failure.reason },
      requestId: randomUUID(),
    }),
  );
}

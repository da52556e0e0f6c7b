import { totpCodeSchema } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { open } from "@/lib/crypto/seal";
import { matchTotpStep, totpPurpose } from "@/lib/crypto/totp";
import { appendAudit } from "@/lib/db/audit";
import { consumeRecoveryCode, consumeTotpStep, findTotpFactor } from "@/lib/db/second-factors";
import { passSessionFactor } from "@/lib/db/sessions";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { recoveryCodeHash } from "./recovery-codes";
import { countCodeAttempt, forgetCodeAttempts, refuseCode } from "./second-factor-attempts";
import { secondFactorLeaf } from "./second-factor-audit";
import type { LiveSession } from "./session";

type Kind = "totp" | "recovery-code";
type Answer = { readonly kind: Kind; readonly code: string; readonly now: Date };

/**
 * Checks a code of the authenticator app or a recovery code, uses it up, and passes the session. Answers with the
 * session's new token; the one before it opens nothing any more.
 * @throws AppError bad_request for a code that does not count | rate_limited | unauthenticated when the session ended
 */
export async function passSecondFactor(live: LiveSession, answer: Answer): Promise<string> {
  const { kind, now } = answer;
  await countCodeAttempt(live, now);
  const consume = await consumerOf(live.actor.id, answer);
  const token = newToken("sess");
  const isPassed = await inTransaction(async (tx) => {
    if (consume === undefined || !(await consume(tx))) return false;
    const passed = { tokenHash: live.session.tokenHash, newTokenHash: tokenHash(token), kind, now };
    if (!(await passSessionFactor(tx, passed))) throw new AppError("unauthenticated", "Sign in to go on.");
    const leaf = { userId: live.actor.id, now, action: "E", outcome: "success", what: kind } as const;
    await appendAudit(tx, secondFactorLeaf(leaf));
    return true;
  });
  if (!isPassed) return refuseCode(live, { what: kind, now });
  await forgetCodeAttempts(live);
  return token;
}

type Consume = (tx: Transaction) => Promise<boolean>;

/** What uses this code up; undefined when it cannot be one. */
async function consumerOf(userId: string, { kind, code, now }: Answer): Promise<Consume | undefined> {
  switch (kind) {
    case "recovery-code":
      return (tx) => consumeRecoveryCode(tx, { userId, hash: recoveryCodeHash(code), now });
    case "totp": {
      const step = await stepOf(userId, { code, now });
      return step === undefined ? undefined : (tx) => consumeTotpStep(tx, { userId, step });
    }
  }
}

async function stepOf(
  userId: string,
  given: { readonly code: string; readonly now: Date },
): Promise<number | undefined> {
  const factor = await findTotpFactor(userId);
  const code = totpCodeSchema.safeParse(given.code);
  if (factor === undefined || !code.success) return undefined;
  const secret = open(factor, totpPurpose(userId)).toString();
  return matchTotpStep({ secret, code: code.data, now: given.now });
}

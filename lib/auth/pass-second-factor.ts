import { type FactorAnswer, totpCodeSchema } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { verifyPassword } from "@/lib/crypto/password";
import { open } from "@/lib/crypto/seal";
import { matchTotpStep, totpPurpose } from "@/lib/crypto/totp";
import { appendAudit } from "@/lib/db/audit";
import { findPasswordHash } from "@/lib/db/passwords";
import { consumeRecoveryCode, consumeTotpStep, findTotpFactor } from "@/lib/db/second-factors";
import { passSessionFactor } from "@/lib/db/sessions";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { passkeyUse } from "./prove-passkey";
import { recoveryCodeHash } from "./recovery-codes";
import type { UseUp } from "./second-factor";
import { countCodeAttempt, forgetCodeAttempts, refuseCode } from "./second-factor-attempts";
import { type FactorWord, secondFactorLeaf } from "./second-factor-audit";
import type { LiveSession } from "./session";

type Answer = FactorAnswer & {
  readonly now: Date;
  /** Given beside a code to unlock: both are judged at once, so that nobody learns which was wrong. */
  readonly password?: string | undefined;
};

/**
 * Checks a code of the authenticator app, a recovery code or what a passkey signed, uses it up, and passes the session.
 * Answers with the session's new token; the one before it opens nothing any more.
 * @throws AppError bad_request for a factor that does not count | rate_limited | unauthenticated when the session ended
 */
export async function passSecondFactor(live: LiveSession, answer: Answer): Promise<string> {
  const { kind, now } = answer;
  await countCodeAttempt(live, now);
  const isOwn = answer.password === undefined || (await isPasswordOf(live, answer.password));
  const consume = isOwn ? await consumerOf(live, answer) : undefined;
  const token = newToken("sess");
  const problem = await inTransaction(async (tx) => {
    const found = consume === undefined ? kind : await consume(tx);
    if (found !== undefined) return found;
    const passed = { tokenHash: live.session.tokenHash, newTokenHash: tokenHash(token), kind, now };
    if (!(await passSessionFactor(tx, passed))) throw new AppError("unauthenticated", "Sign in to go on.");
    const leaf = { userId: live.actor.id, now, action: "E", outcome: "success", what: kind } as const;
    await appendAudit(tx, secondFactorLeaf(leaf));
    return undefined;
  });
  const what = answer.password === undefined ? problem : problem && "unlock";
  if (what !== undefined) return refuseCode(live, { what, now });
  await forgetCodeAttempts(live);
  return token;
}

/** What uses this answer up; undefined when it cannot count. */
async function consumerOf(live: LiveSession, answer: Answer): Promise<UseUp | undefined> {
  const { now } = answer;
  const userId = live.actor.id;
  switch (answer.kind) {
    case "recovery-code": {
      const hash = recoveryCodeHash(answer.code);
      return unlessFalse((tx) => consumeRecoveryCode(tx, { userId, hash, now }), "recovery-code");
    }
    case "totp": {
      const step = await stepOf(userId, { code: answer.code, now });
      return step === undefined
        ? undefined
        : unlessFalse((tx) => consumeTotpStep(tx, { userId, step }), "totp");
    }
    case "passkey":
      return passkeyUse(live, { proof: answer.proof, now });
  }
}

async function isPasswordOf({ actor }: LiveSession, password: string): Promise<boolean> {
  return verifyPassword({ stored: (await findPasswordHash(actor.id)) || undefined, password });
}

function unlessFalse(work: (tx: Transaction) => Promise<boolean>, problem: FactorWord): UseUp {
  return async (tx) => ((await work(tx)) ? undefined : problem);
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

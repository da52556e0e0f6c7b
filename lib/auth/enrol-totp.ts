import { totpCodeSchema, totpOfferSchema } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { open, seal } from "@/lib/crypto/seal";
import { matchTotpStep, newTotpSecret, totpPurpose, totpUri } from "@/lib/crypto/totp";
import { appendAudit } from "@/lib/db/audit";
import {
  consumeTotpStep,
  findTotpFactor,
  insertTotpFactor,
  replaceRecoveryCodes,
} from "@/lib/db/second-factors";
import { passSessionFactor } from "@/lib/db/sessions";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { lockNewFactor, requireFirstOrFresh, signInAgain } from "./first-or-fresh";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-codes";
import { countCodeAttempt, forgetCodeAttempts, refuseCode } from "./second-factor-attempts";
import { secondFactorLeaf } from "./second-factor-audit";
import type { LiveSession } from "./session";

/** An offered secret is good for a quarter of an hour. */
const offerLimitMs = 15 * 60_000;

export type TotpOffer = {
  readonly secret: string;
  readonly uri: string;
  /** The secret, encrypted for this person: nothing is kept of an offer until its code was given. */
  readonly sealed: string;
};

/**
 * A secret for the authenticator app of whoever has no second factor yet, or has proved another one lately.
 * @throws AppError unauthenticated | step_up_required | conflict where there is an app
 */
export async function offerTotp(live: LiveSession, now: Date): Promise<TotpOffer> {
  const { actor } = live;
  await requireFirstOrFresh(live, now);
  if ((await findTotpFactor(actor.id)) !== undefined) throw hasOne();
  const secret = newTotpSecret();
  const { keyId, bytes } = seal(JSON.stringify({ secret, at: now.getTime() }), offerPurpose(actor.id));
  const sealed = `${Buffer.from(keyId).toString("base64url")}.${bytes.toString("base64url")}`;
  return { secret, uri: totpUri({ secret, email: actor.email }), sealed };
}

/**
 * Makes the offered secret a factor once its app shows the right code. The first factor passes the session, gives it a new
 * token, and comes with recovery codes, in clear here and never again; beside another one it changes neither.
 * @throws AppError bad_request for a wrong code or an old offer | unauthenticated | step_up_required | conflict | rate_limited
 */
export async function confirmTotp(
  live: LiveSession,
  answer: { readonly sealed: string; readonly code: string; readonly now: Date },
): Promise<{ readonly token: string | undefined; readonly recoveryCodes: readonly string[] }> {
  const { now } = answer;
  const userId = live.actor.id;
  const isFirst = await requireFirstOrFresh(live, now);
  await countCodeAttempt(live, now);
  const secret = openOffer(answer.sealed, { userId, now });
  const code = totpCodeSchema.safeParse(answer.code);
  const step = code.success ? matchTotpStep({ secret, code: code.data, now }) : undefined;
  if (step === undefined) return refuseCode(live, { what: "enrolment", now });
  const passed = await inTransaction(async (tx) => {
    await lockNewFactor(tx, { userId, isFirst });
    await keepFactor(tx, { userId, secret, step, now });
    await appendAudit(
      tx,
      secondFactorLeaf({ userId, now, action: "C", outcome: "success", what: "enrolment" }),
    );
    return isFirst ? passByFirst(tx, live, now) : { token: undefined, recoveryCodes: [] };
  });
  await forgetCodeAttempts(live);
  return passed;
}

async function passByFirst(
  tx: Transaction,
  { session, actor }: LiveSession,
  now: Date,
): Promise<{ readonly token: string; readonly recoveryCodes: readonly string[] }> {
  const token = newToken("sess");
  const recoveryCodes = newRecoveryCodes();
  await replaceRecoveryCodes(tx, { userId: actor.id, hashes: recoveryCodes.map(recoveryCodeHash), now });
  const passed = { tokenHash: session.tokenHash, newTokenHash: tokenHash(token), now };
  if (!(await passSessionFactor(tx, { ...passed, kind: "totp" }))) throw signInAgain();
  return { token, recoveryCodes };
}

async function keepFactor(
  tx: Transaction,
  factor: { readonly userId: string; readonly secret: string; readonly step: number; readonly now: Date },
): Promise<void> {
  const { userId, secret, step, now } = factor;
  const isKept = await insertTotpFactor(tx, { userId, now, ...seal(secret, totpPurpose(userId)) });
  if (!isKept) throw hasOne();
  // The code that confirms is used up by it.
  await consumeTotpStep(tx, { userId, step });
}

function openOffer(sealed: string, of: { readonly userId: string; readonly now: Date }): string {
  const [keyId = "", bytes = ""] = sealed.split(".");
  const offer = totpOfferSchema.safeParse(jsonOf({ keyId, bytes, userId: of.userId }));
  if (!offer.success || of.now.getTime() - offer.data.at > offerLimitMs) {
    throw new AppError("bad_request", "This QR code is out of date. Reload the page for a new one.");
  }
  return offer.data.secret;
}

// Whatever a browser sends that is not an offer made for this person is no offer.
function jsonOf(of: { readonly keyId: string; readonly bytes: string; readonly userId: string }): unknown {
  const keyId = Buffer.from(of.keyId, "base64url").toString();
  try {
    return JSON.parse(
      open({ keyId, bytes: Buffer.from(of.bytes, "base64url") }, offerPurpose(of.userId)).toString(),
    );
  } catch {
    return undefined;
  }
}

function offerPurpose(userId: string): string {
  return `totp-offer/${userId}`;
}

function hasOne(): AppError {
  return new AppError("conflict", "An authenticator app is already set up.");
}

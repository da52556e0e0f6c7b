import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/server";
import type { NewPasskey } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { appendAudit } from "@/lib/db/audit";
import { insertPasskey, listPasskeys } from "@/lib/db/passkeys";
import { replaceRecoveryCodes } from "@/lib/db/second-factors";
import { passSessionFactor } from "@/lib/db/sessions";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { lockNewFactor, requireFirstOrFresh, signInAgain } from "./first-or-fresh";
import { giveChallenge, offeredSite, takeChallenge } from "./passkey-challenge";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-codes";
import { countCodeAttempt, refuseCode } from "./second-factor-attempts";
import { secondFactorLeaf } from "./second-factor-audit";
import type { LiveSession } from "./session";
import { creationOptions, verifyCreation } from "./webauthn";

/** More than anybody carries. */
const mostPasskeys = 20;

/**
 * What a browser needs to make a passkey for whoever has no second factor yet, or has just proved one.
 * @throws AppError step_up_required | not_available | conflict when there are too many
 */
export async function askForNewPasskey(
  live: LiveSession,
  now: Date,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const site = offeredSite();
  await requireFirstOrFresh(live, now);
  const known = await listPasskeys(live.actor.id);
  if (known.length >= mostPasskeys)
    throw new AppError("conflict", "Remove a passkey before you add another.");
  const challenge = await giveChallenge(live, { purpose: "register", now });
  return creationOptions(live.actor, { site, challenge, known });
}

export type AddedPasskey = {
  readonly token: string;
  /** In clear here and never again; none where there are codes already. */
  readonly recoveryCodes: readonly string[];
};

/**
 * Keeps a passkey that a browser has made, passes the session by it and gives it a new token. The first factor comes
 * with recovery codes. @throws AppError bad_request | step_up_required | rate_limited | conflict | not_available
 */
export async function addPasskey(
  live: LiveSession,
  given: NewPasskey & { readonly now: Date },
): Promise<AddedPasskey> {
  const { name, answer, now } = given;
  const site = offeredSite();
  const isFirst = await requireFirstOrFresh(live, now);
  await countCodeAttempt(live, now);
  const { clientDataJSON: clientDataJson, transports } = answer.response;
  const challenge = await takeChallenge(live, { clientDataJson, purpose: "register", now });
  const made = challenge && (await verifyCreation(answer, { site, challenge }));
  if (made === undefined) return refuseCode(live, { what: "new-passkey", now });
  const token = newToken("sess");
  const recoveryCodes = isFirst ? newRecoveryCodes() : [];
  const userId = live.actor.id;
  await inTransaction(async (tx) => {
    await keepIn(tx, { isFirst, passkey: { ...made, userId, name, transports, now } });
    const passed = { tokenHash: live.session.tokenHash, newTokenHash: tokenHash(token), now };
    if (!(await passSessionFactor(tx, { ...passed, kind: "passkey" }))) throw signInAgain();
    const hashes = recoveryCodes.map(recoveryCodeHash);
    if (isFirst) await replaceRecoveryCodes(tx, { userId, hashes, now });
  });
  return { token, recoveryCodes };
}

async function keepIn(
  tx: Transaction,
  kept: {
    readonly isFirst: boolean;
    readonly passkey: Parameters<typeof insertPasskey>[1];
  },
): Promise<void> {
  const { userId, now } = kept.passkey;
  await lockNewFactor(tx, { userId, isFirst: kept.isFirst });
  if (!(await insertPasskey(tx, kept.passkey))) {
    throw new AppError("conflict", "This passkey is set up already.");
  }
  const what = "new-passkey";
  await appendAudit(tx, secondFactorLeaf({ userId, now, action: "C", outcome: "success", what }));
}

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import type { PasskeyProof } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { countSignature, findPasskey, listPasskeys } from "@/lib/db/passkeys";
import { giveChallenge, offeredSite, takeChallenge } from "./passkey-challenge";
import type { UseUp } from "./second-factor";
import type { LiveSession } from "./session";
import { requestOptions, verifySignature } from "./webauthn";

/** What a browser needs to have a passkey of this person sign. @throws AppError not_found when they have none | not_available */
export async function askForPasskey(
  live: LiveSession,
  now: Date,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const site = offeredSite();
  const known = await listPasskeys(live.actor.id);
  if (known.length === 0) throw new AppError("not_found", "There is no passkey of yours yet.");
  return requestOptions({ site, known, challenge: await giveChallenge(live, { purpose: "prove", now }) });
}

/**
 * What notes the signature of a passkey of this person; undefined when it is not one that counts here and now. Its
 * challenge is used up in any case. @throws AppError not_available
 */
export async function passkeyUse(
  live: LiveSession,
  { proof, now }: { readonly proof: PasskeyProof; readonly now: Date },
): Promise<UseUp | undefined> {
  const site = offeredSite();
  const { clientDataJSON: clientDataJson } = proof.response;
  const challenge = await takeChallenge(live, { clientDataJson, purpose: "prove", now });
  const credentialId = Buffer.from(proof.id, "base64url");
  const passkey = await findPasskey({ userId: live.actor.id, credentialId });
  if (challenge === undefined || passkey === undefined) return undefined;
  const signed = await verifySignature(proof, { site, challenge, passkey });
  if (signed === undefined) return undefined;
  return async (tx) =>
    (await countSignature(tx, { id: passkey.id, now, ...signed })) ? undefined : "passkey-rollback";
}

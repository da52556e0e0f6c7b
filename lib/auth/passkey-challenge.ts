import { AppError } from "@/lib/core/errors";
import { consumeChallenge, insertChallenge } from "@/lib/db/passkey-challenges";
import { type OfferedSite, passkeySite } from "./passkey-site";
import type { LiveSession } from "./session";
import { challengeIn, newChallenge, passkeyLimitMs } from "./webauthn";

type Purpose = "register" | "prove";

/** The site that passkeys are bound to. @throws AppError not_available */
export function offeredSite(): OfferedSite {
  const site = passkeySite();
  if (site.kind === "offered") return site;
  throw new AppError("not_available", "Passkeys do not work at this address.");
}

/** A new challenge for this session alone, good for five minutes and one answer. */
export async function giveChallenge(
  { session }: LiveSession,
  asked: { readonly purpose: Purpose; readonly now: Date },
): Promise<Buffer> {
  const challenge = newChallenge();
  const expiresAt = new Date(asked.now.getTime() + passkeyLimitMs);
  await insertChallenge({ ...asked, challenge, expiresAt, sessionHash: session.tokenHash });
  return challenge;
}

/** The challenge that an answer signed, used up by this whatever comes of the answer; undefined when there is none. */
export async function takeChallenge(
  { session }: LiveSession,
  answered: { readonly clientDataJson: string; readonly purpose: Purpose; readonly now: Date },
): Promise<Buffer | undefined> {
  const { purpose, now } = answered;
  const challenge = challengeIn(answered.clientDataJson);
  if (challenge === undefined) return undefined;
  const isAsked = await consumeChallenge({ challenge, sessionHash: session.tokenHash, purpose, now });
  return isAsked ? challenge : undefined;
}

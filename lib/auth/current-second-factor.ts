import { enrolmentAnswerSchema, factorAnswerSchema } from "@/lib/core/account/schema";
import type { PasskeySite } from "@/lib/core/authz/passkey-site";
import { AppError } from "@/lib/core/errors";
import { readFactors } from "@/lib/db/second-factors";
import { anySession, renewSessionCookie } from "./current-actor";
import { confirmTotp, offerTotp, type TotpOffer } from "./enrol-totp";
import { passSecondFactor } from "./pass-second-factor";
import { passkeySite } from "./passkey-site";
import type { LiveSession } from "./session";

/** With what somebody can prove themselves. */
export type FactorChoice = {
  readonly hasApp: boolean;
  readonly hasPasskey: boolean;
  /** Where passkeys are offered, or why not. */
  readonly passkeys: PasskeySite;
};

/** With what a person can prove themselves here. */
export async function readFactorChoice(userId: string): Promise<FactorChoice> {
  const { appSince, passkeys } = await readFactors(userId);
  return { hasApp: appSince !== undefined, hasPasskey: passkeys > 0, passkeys: passkeySite() };
}

/** Whether somebody has set up a second factor. */
export async function hasSecondFactor({ actor }: LiveSession): Promise<boolean> {
  const { hasApp, hasPasskey } = await readFactorChoice(actor.id);
  return hasApp || hasPasskey;
}

/**
 * Passes the session behind this request with { kind, code } or { kind, proof } and gives the browser its new token.
 * @throws AppError unauthenticated | bad_request | rate_limited | forbidden
 */
export async function passCurrentSession(rawInput: unknown): Promise<void> {
  const live = await anySession();
  const answer = factorAnswerSchema.safeParse(rawInput);
  if (!answer.success) throw new AppError("bad_request", "Type the code.");
  const now = new Date();
  const token = await passSecondFactor(live, { ...answer.data, now });
  await renewSessionCookie({ token, expiresAt: live.session.expiresAt, now });
}

/** An app to add for whoever is behind this request. @throws AppError unauthenticated | step_up_required | conflict | forbidden */
export async function offerMyApp(): Promise<TotpOffer> {
  return offerTotp(await anySession(), new Date());
}

/**
 * Makes the offered app a factor of whoever is behind this request, from { sealed, code }. Answers with their recovery
 * codes, the only time that they exist in clear; with none where there was another factor before.
 * @throws AppError unauthenticated | step_up_required | bad_request | conflict | rate_limited | forbidden
 */
export async function enrolCurrentSession(rawInput: unknown): Promise<readonly string[]> {
  const live = await anySession();
  const answer = enrolmentAnswerSchema.safeParse(rawInput);
  if (!answer.success) throw new AppError("bad_request", "Type the code that the app shows.");
  const now = new Date();
  const { token, recoveryCodes } = await confirmTotp(live, { ...answer.data, now });
  if (token !== undefined) await renewSessionCookie({ token, expiresAt: live.session.expiresAt, now });
  return recoveryCodes;
}

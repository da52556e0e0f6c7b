import { enrolmentAnswerSchema, factorAnswerSchema } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { findTotpFactor } from "@/lib/db/second-factors";
import { currentSession, renewSessionCookie, requireSession } from "./current-actor";
import { confirmTotp } from "./enrol-totp";
import { passSecondFactor } from "./pass-second-factor";
import type { LiveSession } from "./session";

/** Whether somebody has set up a second factor. */
export async function hasSecondFactor({ actor }: LiveSession): Promise<boolean> {
  return (await findTotpFactor(actor.id)) !== undefined;
}

/**
 * Passes the session behind this request with { kind, code } and gives the browser its new token.
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

/**
 * Makes the offered app the factor of whoever is behind this request, from { sealed, code }. Answers with their
 * recovery codes, the only time that they exist in clear.
 * @throws AppError unauthenticated | bad_request | conflict | rate_limited | forbidden
 */
export async function enrolCurrentSession(rawInput: unknown): Promise<readonly string[]> {
  const live = await anySession();
  const answer = enrolmentAnswerSchema.safeParse(rawInput);
  if (!answer.success) throw new AppError("bad_request", "Type the code that the app shows.");
  const now = new Date();
  const { token, recoveryCodes } = await confirmTotp(live, { ...answer.data, now });
  await renewSessionCookie({ token, expiresAt: live.session.expiresAt, now });
  return recoveryCodes;
}

/**
 * Has the signed-in person behind this request prove themselves anew by a code of their app. Answers with whose session
 * it is and its new key. @throws AppError unauthenticated | bad_request | rate_limited | forbidden
 */
export async function proveAgain(
  code: string,
): Promise<{ readonly userId: string; readonly tokenHash: Buffer; readonly now: Date }> {
  const live = await requireSession();
  const now = new Date();
  const token = await passSecondFactor(live, { kind: "totp", code, now });
  await renewSessionCookie({ token, expiresAt: live.session.expiresAt, now });
  return { userId: live.actor.id, tokenHash: tokenHash(token), now };
}

async function anySession(): Promise<LiveSession> {
  const live = await currentSession();
  if (live === undefined) throw new AppError("unauthenticated", "Sign in to go on.");
  return live;
}

import type { z } from "zod";
import { unlockSchema } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { currentSession, lockedSession, renewSessionCookie } from "./current-actor";
import { passSecondFactor } from "./pass-second-factor";
import { requiresSecondFactor } from "./second-factor";
import type { LiveSession } from "./session";

/**
 * Opens the locked session behind this request again, from { answer, password }, and gives it a new token. A passkey is
 * enough, because it has verified its person; a code needs the password beside it. Nothing happens where another tab was
 * first. @throws AppError unauthenticated when it is over | bad_request | rate_limited | forbidden
 */
export async function unlockCurrentSession(rawInput: unknown): Promise<void> {
  const live = await lockedSession();
  if (live === undefined) return requireOpen();
  const given = unlockSchema.safeParse(rawInput);
  if (!given.success) throw new AppError("bad_request", "Give a passkey, or password and code.");
  const now = new Date();
  const token = await unlockSession(live, { ...given.data, now });
  await renewSessionCookie({ token, expiresAt: live.session.expiresAt, now });
}

/** The same for a locked session by itself. Answers with its new token. @throws AppError bad_request | rate_limited | forbidden */
export function unlockSession(
  live: LiveSession,
  { answer, password, now }: z.output<typeof unlockSchema> & { readonly now: Date },
): Promise<string> {
  return passSecondFactor(live, {
    ...answer,
    now,
    password: answer.kind === "passkey" ? undefined : password,
  });
}

async function requireOpen(): Promise<void> {
  const live = await currentSession();
  if (live !== undefined && !requiresSecondFactor(live.session)) return;
  throw new AppError("unauthenticated", "This session is over. Sign in again.");
}

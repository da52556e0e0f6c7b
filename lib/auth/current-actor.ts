import { cookies, headers } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { AppError } from "@/lib/core/errors";
import { authSecret, sessionCookieName, sessionCookieOptions } from "./options";
import { requiresSecondFactor } from "./second-factor";
import {
  endSession,
  type LiveSession,
  noteUse,
  readLockedSession,
  readSession,
  type UserActor,
} from "./session";

/**
 * Who makes this request, read from the database each time, so that an ended session or a disabled account bites at
 * once. Opening a page in the browser counts as use of the session; what script fetches does not, because it may be a
 * live refresh: the page itself tells of hands on it (`noteHands`). @throws AppError unauthenticated
 */
export async function currentActor(): Promise<UserActor> {
  const live = await requireSession();
  if ((await headers()).get("sec-fetch-mode") === "navigate") await noteUse(live, new Date());
  return live.actor;
}

/** Keeps this request's session alive because a person is at work on a page of it. @throws AppError unauthenticated */
export async function noteHands(): Promise<void> {
  await noteUse(await requireSession(), new Date());
}

/**
 * The session behind this request, once it has passed its second factor.
 * @throws AppError unauthenticated (`info.isFactorOwed` where only the second factor is missing, `info.isLocked` after too
 * long without use)
 */
export async function requireSession(): Promise<LiveSession> {
  const live = await currentSession();
  if (live === undefined) throw await whyNotIn();
  if (requiresSecondFactor(live.session)) {
    throw new AppError("unauthenticated", "Give your second factor to go on.", {
      info: { isFactorOwed: true },
    });
  }
  return live;
}

/** The session behind this request's cookie, also before its second factor; undefined when there is none that lives. */
export async function currentSession(): Promise<LiveSession | undefined> {
  const token = await currentToken();
  return token === undefined ? undefined : readSession(token, new Date());
}

/** The same, also before its second factor. @throws AppError unauthenticated */
export async function anySession(): Promise<LiveSession> {
  const live = await currentSession();
  if (live === undefined) throw new AppError("unauthenticated", "Sign in to go on.");
  return live;
}

/** The session behind this request where it was idle too long; undefined when it is open, or there is none. */
export async function lockedSession(): Promise<LiveSession | undefined> {
  const token = await currentToken();
  return token === undefined ? undefined : readLockedSession(token, new Date());
}

async function whyNotIn(): Promise<AppError> {
  if ((await lockedSession()) === undefined) return new AppError("unauthenticated", "Sign in to go on.");
  return new AppError("unauthenticated", "Locked after 30 minutes without use. Prove that it is you.", {
    info: { isLocked: true },
  });
}

/** Ends the session of this request and takes its cookie away. Only in actions and route handlers. */
export async function endCurrentSession(): Promise<void> {
  const token = await currentToken();
  if (token !== undefined) await endSession(token, new Date());
  (await cookies()).delete({ name: sessionCookieName(), path: "/", secure: true });
}

/** Puts a session's new token into this browser in place of the one before. Only in actions and route handlers. */
export async function renewSessionCookie(renewed: {
  readonly token: string;
  readonly expiresAt: Date;
  readonly now: Date;
}): Promise<void> {
  const maxAge = Math.max(1, Math.floor((renewed.expiresAt.getTime() - renewed.now.getTime()) / 1000));
  const value = await encode({ token: { sid: renewed.token }, secret: authSecret(), maxAge });
  (await cookies()).set(sessionCookieName(), value, { ...sessionCookieOptions(), maxAge });
}

async function currentToken(): Promise<string | undefined> {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  if (cookie === undefined) return undefined;
  // A cookie of an earlier key, or a made-up one, is no session; it is not an error.
  const decoded = await decode({ token: cookie, secret: authSecret() }).catch(() => null);
  const sid = decoded?.["sid"];
  return typeof sid === "string" ? sid : undefined;
}

import { cookies, headers } from "next/headers";
import { decode } from "next-auth/jwt";
import { AppError } from "@/lib/core/errors";
import { authSecret, sessionCookieName } from "./options";
import { requiresSecondFactor } from "./second-factor";
import { endSession, type LiveSession, noteUse, readSession, type UserActor } from "./session";

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

async function requireSession(): Promise<LiveSession> {
  const live = await currentSession();
  if (live === undefined || requiresSecondFactor(live.session)) {
    throw new AppError("unauthenticated", "Sign in to go on.");
  }
  return live;
}

/** The session behind this request's cookie; undefined when there is none that lives. */
export async function currentSession(): Promise<LiveSession | undefined> {
  const token = await currentToken();
  return token === undefined ? undefined : readSession(token, new Date());
}

/** Ends the session of this request and takes its cookie away. Only in actions and route handlers. */
export async function endCurrentSession(): Promise<void> {
  const token = await currentToken();
  if (token !== undefined) await endSession(token, new Date());
  (await cookies()).delete({ name: sessionCookieName(), path: "/", secure: true });
}

async function currentToken(): Promise<string | undefined> {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  if (cookie === undefined) return undefined;
  // A cookie of an earlier key, or a made-up one, is no session; it is not an error.
  const decoded = await decode({ token: cookie, secret: authSecret() }).catch(() => null);
  const sid = decoded?.["sid"];
  return typeof sid === "string" ? sid : undefined;
}

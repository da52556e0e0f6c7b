import { cookies } from "next/headers";
import { decode } from "next-auth/jwt";
import { AppError } from "@/lib/core/errors";
import { authSecret, sessionCookieName } from "./options";
import { requiresSecondFactor } from "./second-factor";
import { endSession, type LiveSession, readSession, type UserActor } from "./session";

/**
 * Who makes this request, read from the database each time, so that an ended session or a disabled account bites at
 * once. @throws AppError unauthenticated
 */
export async function currentActor(): Promise<UserActor> {
  const live = await currentSession();
  if (live === undefined || requiresSecondFactor(live.session)) {
    throw new AppError("unauthenticated", "Sign in to go on.");
  }
  return live.actor;
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

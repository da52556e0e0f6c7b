import { idleLimitMs } from "@/lib/core/authz/session-limits";
import { currentSession, lockedSession } from "./current-actor";
import { requiresSecondFactor } from "./second-factor";

/** What an open page should know of its session. Asking is no use of it. */
export type SessionState =
  /** Locks in so many ms, unless somebody uses it. */
  | { readonly state: "open"; readonly lockInMs: number }
  /** Somebody must prove that it is them. */
  | { readonly state: "locked" }
  /** Somebody must sign in. */
  | { readonly state: "over" };

/** The state of the session behind this request. */
export async function currentSessionState(now: Date): Promise<SessionState> {
  const live = await currentSession();
  if (live === undefined) return { state: (await lockedSession()) === undefined ? "over" : "locked" };
  if (requiresSecondFactor(live.session)) return { state: "over" };
  return { state: "open", lockInMs: live.session.lastSeenAt.getTime() + idleLimitMs - now.getTime() };
}

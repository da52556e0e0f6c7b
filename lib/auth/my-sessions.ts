import { isIdle } from "@/lib/core/authz/session-limits";
import { AppError } from "@/lib/core/errors";
import { listSessions } from "@/lib/db/sessions";
import { requireSession } from "./current-actor";
import { endSessionOf } from "./session";

/** One of the signed-in browsers of a person. */
export type MySession = {
  /** SHA-256 of its token, hex: names the session and opens nothing. */
  readonly id: string;
  readonly isThisOne: boolean;
  /** Idle too long: its person must prove themselves to go on in it. */
  readonly isLocked: boolean;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
};

/** The live sessions of whoever makes this request, newest use first. @throws AppError unauthenticated */
export async function listMySessions(now: Date): Promise<readonly MySession[]> {
  const live = await requireSession();
  const sessions = await listSessions(live.actor.id, now);
  return sessions.map((session) => ({
    id: session.tokenHash.toString("hex"),
    isThisOne: session.tokenHash.equals(live.session.tokenHash),
    isLocked: isIdle(session.lastSeenAt, now),
    userAgent: session.userAgent,
    address: session.address,
    startedAt: session.createdAt,
    lastSeenAt: session.lastSeenAt,
  }));
}

/** Ends one of one's own sessions, audited. @throws AppError unauthenticated | not_found */
export async function endMySession(id: string): Promise<void> {
  const live = await requireSession();
  // What comes from a browser is text at best.
  const tokenHash = Buffer.from(String(id), "hex");
  if (!(await endSessionOf({ tokenHash, userId: live.actor.id, now: new Date() }))) {
    throw new AppError("not_found", "There is no such session any more.");
  }
}

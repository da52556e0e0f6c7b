import type { SessionRow } from "@/lib/db/sessions";

/** Whether a session still owes a second factor before it may act: nobody is exempt. Asked on every request. */
export function requiresSecondFactor(session: Pick<SessionRow, "mfaPassedAt">): boolean {
  return session.mfaPassedAt === undefined;
}

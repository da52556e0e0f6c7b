import type { SessionRow } from "@/lib/db/sessions";

/**
 * Whether a session still owes a second factor before it may act. There are no factors to enrol yet, so none is
 * owed; `session.mfaPassedAt` is where a passed one is noted. Asked on every request by `currentActor`.
 */
export function requiresSecondFactor(session: Pick<SessionRow, "mfaPassedAt">): boolean {
  const areFactorsOffered = false;
  return areFactorsOffered && session.mfaPassedAt === undefined;
}

import { sessionFilterSchema } from "@/lib/core/authz/schema";
import { isIdle } from "@/lib/core/authz/session-limits";
import { listSessionsOfPeople } from "@/lib/db/sessions";
import { query } from "@/lib/services/query";

/** A signed-in browser of somebody. */
export type SessionView = {
  /** SHA-256 of its token, hex: names the session and opens nothing. */
  readonly id: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
  /** `halfway`: a password was given, and the second factor is owed. `locked`: idle too long. */
  readonly state: "open" | "locked" | "halfway";
};

/** Sessions that have not ended, of everybody or of { userId }, newest use first. @throws AppError forbidden | bad_request */
export const listSessions = query({
  permission: "user.write",
  input: sessionFilterSchema,
  disclosesPhi: false,
  run: async ({ input, now }): Promise<readonly SessionView[]> => {
    const found = await listSessionsOfPeople({ ...input, now });
    return found.flatMap(({ session, person }) => {
      const isLocked = isIdle(session.lastSeenAt, now);
      // Idle before its second factor, it is over.
      if (isLocked && session.mfaPassedAt === undefined) return [];
      return [
        {
          id: session.tokenHash.toString("hex"),
          person,
          startedAt: session.createdAt,
          lastSeenAt: session.lastSeenAt,
          userAgent: session.userAgent,
          address: session.address,
          state: session.mfaPassedAt === undefined ? "halfway" : isLocked ? "locked" : "open",
        },
      ];
    });
  },
});

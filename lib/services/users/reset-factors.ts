import { z } from "zod";
import { emailSchema } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { forgetPersonAttempts } from "@/lib/db/second-factor-throttle";
import { deleteFactors } from "@/lib/db/second-factors";
import { endSessionsOf } from "@/lib/db/sessions";
import { findAccountByEmail } from "@/lib/db/users";
import { command } from "@/lib/services/command";

/**
 * Takes every second factor of { email } away and ends their sessions: the next sign-in sets up new ones. For somebody
 * who lost telephone and recovery codes, after whoever does this has made sure that it is them. At the command line of the
 * server alone: a person asks a second one (`askToResetFactors`).
 * @throws AppError bad_request | forbidden | not_found
 */
export const resetFactors = command({
  permission: "user.write",
  input: z.object({ email: emailSchema }),
  stepUp: true,
  run: async ({ tx, actor, input, now }) => {
    if (actor.kind === "user")
      throw new AppError("forbidden", "This takes two people: ask for it under People.");
    const account = await findAccountByEmail(input.email);
    if (account === undefined) throw new AppError("not_found", "Nobody has this address.");
    const userId = account.id;
    await deleteFactors(tx, userId);
    const endedSessions = await endSessionsOf(tx, { userId, now });
    await forgetPersonAttempts(userId);
    return { userId, endedSessions };
  },
  audit: ({ result }) => ({
    action: "D",
    entityType: "second-factor",
    entityId: result.userId,
    detail: { endedSessions: result.endedSessions },
  }),
});

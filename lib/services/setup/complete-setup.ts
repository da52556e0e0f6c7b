import { z } from "zod";
import { newAdministratorSchema } from "@/lib/core/account/schema";
import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { hashPassword } from "@/lib/crypto/password";
import { consumeSetupLink } from "@/lib/db/setup-links";
import { insertFirstUser } from "@/lib/db/users";
import { command } from "@/lib/services/command";

/**
 * Turns a set-up link and { name, email, password } into the first administrator. The link is the authority, so the
 * product itself acts. One transaction: of two that race, one gets the account and the other a refusal.
 * @throws AppError bad_request | forbidden for a link that does not hold | conflict when there already is a user
 */
export function completeSetup(rawInput: unknown): Promise<{ readonly userId: string }> {
  return complete(wizard, rawInput);
}

const wizard: Actor = { kind: "system", name: "setup" };

const complete = command({
  permission: "user.write",
  input: newAdministratorSchema.extend({ link: z.string().min(1).max(200) }),
  run: async ({ tx, input, now }) => {
    if (!(await consumeSetupLink(tx, tokenHash(input.link), now))) {
      throw new AppError(
        "forbidden",
        "This set-up link is used up or out of date. Restart Signalbox for a new one.",
      );
    }
    const passwordHash = await hashPassword(input.password);
    const userId = await insertFirstUser(tx, { email: input.email, name: input.name, passwordHash });
    if (userId === undefined) throw new AppError("conflict", "Signalbox is already set up. Sign in instead.");
    return { userId };
  },
  audit: ({ result }) => ({ action: "C", entityType: "user", entityId: result.userId }),
});

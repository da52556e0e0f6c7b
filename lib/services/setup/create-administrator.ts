import { newAdministratorSchema } from "@/lib/core/account/schema";
import { AppError } from "@/lib/core/errors";
import { hashPassword } from "@/lib/crypto/password";
import { insertFirstUser } from "@/lib/db/users";
import { command } from "@/lib/services/command";

/**
 * Makes the first administrator from { name, email, password }, from the command line on the server.
 * @throws AppError bad_request | conflict when there already is a user
 */
export const createAdministrator = command({
  permission: "user.write",
  input: newAdministratorSchema,
  run: async ({ tx, input }) => {
    const passwordHash = await hashPassword(input.password);
    const userId = await insertFirstUser(tx, { email: input.email, name: input.name, passwordHash });
    if (userId === undefined) throw new AppError("conflict", "Signalbox is already set up. Sign in instead.");
    return { userId };
  },
  audit: ({ result }) => ({ action: "C", entityType: "user", entityId: result.userId }),
});

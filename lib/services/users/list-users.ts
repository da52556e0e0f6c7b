import { z } from "zod";
import { readLastSignIns } from "@/lib/db/last-sign-ins";
import { type Account, listAccounts } from "@/lib/db/users";
import { query } from "@/lib/services/query";

export type UserView = Account & { readonly lastSignInAt: Date | undefined };

/** Everybody who can or could sign in, by name. @throws AppError forbidden */
export const listUsers = query({
  permission: "user.write",
  input: z.object({}),
  run: async (): Promise<readonly UserView[]> => {
    const [accounts, lastSignIns] = await Promise.all([listAccounts(), readLastSignIns()]);
    return accounts.map((account) => ({ ...account, lastSignInAt: lastSignIns.get(account.id) }));
  },
  disclosesPhi: false,
});

import { z } from "zod";
import { readEnrolled } from "@/lib/db/enrolled-factors";
import { readLastSignIns } from "@/lib/db/last-sign-ins";
import { type Account, listAccounts } from "@/lib/db/users";
import { query } from "@/lib/services/query";

export type UserView = Account & {
  readonly lastSignInAt: Date | undefined;
  readonly factors: { readonly isEnrolled: boolean };
};

/** Everybody who can, could or is invited to sign in, by name. @throws AppError forbidden */
export const listUsers = query({
  permission: "user.write",
  input: z.object({}),
  run: async (): Promise<readonly UserView[]> => {
    const [accounts, lastSignIns, enrolled] = await Promise.all([
      listAccounts(),
      readLastSignIns(),
      readEnrolled(),
    ]);
    return accounts.map((account) => ({
      ...account,
      lastSignInAt: lastSignIns.get(account.id),
      factors: { isEnrolled: enrolled.has(account.id) },
    }));
  },
  disclosesPhi: false,
});

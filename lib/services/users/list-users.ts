import { z } from "zod";
import { listEmergencyAccounts } from "@/lib/db/emergency";
import { readEnrolled } from "@/lib/db/enrolled-factors";
import { readLastSignIns } from "@/lib/db/last-sign-ins";
import { listProviderPeople } from "@/lib/db/sso";
import { type Account, listAccounts } from "@/lib/db/users";
import { query } from "@/lib/services/query";

export type UserView = Account & {
  readonly lastSignInAt: Date | undefined;
  readonly factors: { readonly isEnrolled: boolean };
  /** Whether they come from the identity provider. */
  readonly isFromProvider: boolean;
  /** Whether their account is kept for the day on which the provider is away. */
  readonly isForEmergencies: boolean;
};

/** Everybody who can, could or is invited to sign in, by name. @throws AppError forbidden */
export const listUsers = query({
  permission: "user.write",
  input: z.object({}),
  run: async (): Promise<readonly UserView[]> => {
    const [accounts, lastSignIns, enrolled, fromProvider, forEmergencies] = await Promise.all([
      listAccounts(),
      readLastSignIns(),
      readEnrolled(),
      listProviderPeople(),
      listEmergencyAccounts(),
    ]);
    return accounts.map((account) => ({
      ...account,
      lastSignInAt: lastSignIns.get(account.id),
      factors: { isEnrolled: enrolled.has(account.id) },
      isFromProvider: fromProvider.has(account.id),
      isForEmergencies: forEmergencies.has(account.id),
    }));
  },
  disclosesPhi: false,
});

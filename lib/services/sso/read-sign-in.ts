import { z } from "zod";
import type { GroupRole } from "@/lib/core/sso/group-roles";
import { listEmergencyAccounts, listEmergencyUses } from "@/lib/db/emergency";
import { listDepartments } from "@/lib/db/role-grants";
import { listGroupRoles } from "@/lib/db/sso";
import { listAccounts } from "@/lib/db/users";
import { query } from "@/lib/services/query";

/** What groups stand for. */
export type GroupRoleView = GroupRole & {
  readonly id: string;
  readonly mappedAt: Date;
  readonly mappedBy: string;
};

/** What groups of the identity provider stand for, and for which departments they could. @throws AppError forbidden */
export const readGroupRoles = query({
  permission: "user.write",
  input: z.object({}),
  disclosesPhi: false,
  run: async (): Promise<{
    readonly mappings: readonly GroupRoleView[];
    readonly departments: readonly string[];
  }> => {
    const [mappings, departments, nameOf] = await Promise.all([listGroupRoles(), listDepartments(), names()]);
    return { mappings: mappings.map((one) => ({ ...one, mappedBy: nameOf(one.mappedBy) })), departments };
  },
});

/** A use of an emergency account. */
export type EmergencyUseView = {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly at: Date;
  readonly address: string | undefined;
  readonly review: { readonly by: string; readonly at: Date; readonly text: string } | undefined;
};

/** Who is kept for emergencies, and the newest uses, those that wait for a review in front. @throws AppError forbidden */
export const readEmergencies = query({
  permission: "break-glass.review",
  input: z.object({}),
  disclosesPhi: false,
  run: async (): Promise<{
    readonly accounts: readonly { readonly id: string; readonly name: string }[];
    readonly uses: readonly EmergencyUseView[];
  }> => {
    const [ids, uses, nameOf] = await Promise.all([listEmergencyAccounts(), listEmergencyUses(50), names()]);
    return {
      accounts: [...ids].map((id) => ({ id, name: nameOf(id) })),
      uses: uses.map(({ review, ...use }) => ({
        ...use,
        name: nameOf(use.userId),
        review: review && { ...review, by: nameOf(review.by) },
      })),
    };
  },
});

async function names(): Promise<(id: string) => string> {
  const known = new Map((await listAccounts()).map(({ id, name }) => [id, name]));
  return (id) => known.get(id) ?? "Somebody who is gone";
}

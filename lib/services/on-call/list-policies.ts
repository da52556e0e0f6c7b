import { z } from "zod";
import { isWithin } from "@/lib/core/authz/policy";
import { listPolicyRows, type PolicyRecord } from "@/lib/db/on-call-policies";
import { query } from "@/lib/services/query";

/** The policies of one's own departments, and the one for all. Input: {}. @throws AppError forbidden */
export const listPolicies = query({
  permission: "on-call.read",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ reach }): Promise<readonly PolicyRecord[]> => {
    const policies = await listPolicyRows();
    return policies.filter(({ department }) => department === undefined || isWithin(reach, department));
  },
});

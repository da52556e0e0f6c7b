import { settleOverdue } from "@/lib/services/approvals/settle-overdue";
import type { Job } from "./job";

/** Points out requests that wait too long for a second person, and ends those whose time is over. */
export const settleApprovals: Job = {
  name: "settle-approvals",
  everyMs: 60_000,
  run: async ({ now }) => {
    await settleOverdue(now());
  },
};

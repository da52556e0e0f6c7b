import { sweepLinks } from "@/lib/db/notice-links";
import { routeNotices } from "@/lib/services/notices/route-notices";
import { runEscalations } from "@/lib/services/notices/run-escalations";
import type { Job } from "./job";

/** Settles who is told of what was raised, then tells the next ones where nobody answered. In this order: an answer comes first. */
export const escalateNotices: Job = {
  name: "escalate",
  everyMs: 2_000,
  run: async ({ now }) => {
    await routeNotices(now());
    await runEscalations(now());
    await sweepLinks(now());
  },
};

import { deleteExpiredLimits } from "@/lib/db/rate-limit";
import type { Job } from "./job";

/** Deletes rate-limit counters whose window has long passed. */
export const sweepLimits: Job = {
  name: "sweep-limits",
  everyMs: 300_000,
  run: async ({ now }) => {
    await deleteExpiredLimits(now());
  },
};

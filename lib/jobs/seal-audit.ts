import { sealTrail } from "@/lib/services/own-audit/seal-trail";
import type { Job } from "./job";

/** Seals what was added to the audit trail, every second. */
export const sealAudit: Job = {
  name: "seal-audit",
  everyMs: 1_000,
  run: async ({ signal, now }) => {
    await sealTrail({ now, signal });
  },
};

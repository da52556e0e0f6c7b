import { readLastWitness } from "@/lib/db/audit-witness";
import { witnessHead } from "@/lib/services/own-audit/witness-head";
import type { Job } from "./job";

/** Far more often than the hour that is promised: what was not witnessed yet is what could be changed unseen. */
const EVERY_MS = 15 * 60_000;

/** Writes the head of the audit trail to the witness file, every quarter of an hour in which it moved, and at a clean stop. */
export const witnessAudit: Job = {
  name: "witness-audit",
  everyMs: 60_000,
  run: async ({ now }) => {
    const last = await readLastWitness();
    const at = now();
    if (last === undefined || at.getTime() - last.at.getTime() >= EVERY_MS) await witnessHead(at);
  },
  atStop: async ({ now }) => {
    await witnessHead(now());
  },
};

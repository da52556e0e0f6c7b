import { z } from "zod";
import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { endDemoSources, putDemoState, readDemoState } from "@/lib/db/demo";
import { deleteDemoAccounts } from "@/lib/db/demo-accounts";
import { command } from "@/lib/services/command";
import { clearDemo } from "./clear-demo";

/**
 * Removes the demo hospital without a trace: its sources, interfaces, messages, figures, audit events and
 * accounts. First its traffic is stopped and its people are signed out, then everything is deleted; a worker finishes what was interrupted.
 * @throws AppError forbidden | not_found when there is no demo
 */
export async function removeDemo(actor: Actor, rawInput: unknown): Promise<void> {
  await markRemoved(actor, rawInput);
  await clearDemo();
}

const markRemoved = command({
  permission: "demo.write",
  input: z.object({}),
  run: async ({ tx, now }) => {
    const state = await readDemoState();
    if (state === undefined) throw new AppError("not_found", "There is no demo hospital.");
    await putDemoState(tx, { ...state, phase: "removing" });
    await endDemoSources(tx, now);
    await deleteDemoAccounts(tx);
  },
  audit: () => ({ action: "D", entityType: "demo", entityId: "demo" }),
});

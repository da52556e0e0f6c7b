import { setTimeout as sleep } from "node:timers/promises";
import { isSendingHeld } from "@/lib/services/backup/is-sending-held";
import { checkDrafts } from "@/lib/services/replays/check-drafts";
import { listRunning } from "@/lib/services/replays/list-running";
import { sendNext } from "@/lib/services/replays/send-next";
import { settleSent } from "@/lib/services/replays/settle-sent";
import type { Job } from "./job";

/**
 * Carries replays out: checks drafts, sends what is due at the pace of each run, and settles what was sent by what is read
 * back. A stop counts from the next message on. Nothing is sent while sending is held after a restore.
 */
export const runReplays: Job = {
  name: "run-replays",
  everyMs: 1_000,
  run: async ({ signal }) => {
    await settleSent();
    await checkDrafts(signal);
    if (!(await isSendingHeld())) await sendDue(signal);
  },
};

/** Long enough for a fast run to keep its pace, short enough for drafts not to wait. */
const STRETCH_MS = 5_000;

async function sendDue(signal: AbortSignal): Promise<void> {
  const endMs = performance.now() + STRETCH_MS;
  while (!signal.aborted && performance.now() < endMs) {
    const waits: number[] = [];
    let hasSent = false;
    for (const run of await listRunning()) {
      if (signal.aborted) return;
      const advance = await sendNext(run);
      if (advance.kind === "sent") hasSent = true;
      else if (advance.ms !== undefined) waits.push(advance.ms);
    }
    if (hasSent) continue;
    const ms = Math.min(...waits);
    if (ms >= STRETCH_MS / 5) return;
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }
}

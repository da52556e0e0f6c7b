import { setTimeout as sleep } from "node:timers/promises";
import { deleteDemo } from "@/lib/db/clear-demo";
import { readDemoState } from "@/lib/db/demo";
import { readLiveLeases } from "@/lib/db/leases";

/** Whoever runs the demo's traffic holds this lease. */
export const demoLease = "demo";

/** Pollers and traffic notice within seconds that the demo ended; a worker that died holds its lease no longer than this. */
const quietWaitMs = 25_000;

/**
 * Deletes everything of a demo that is marked as removed, once its traffic has ended. Safe to run twice, and to be
 * interrupted. Does nothing when there is no such demo.
 */
export async function clearDemo(waitMs: number = quietWaitMs): Promise<void> {
  if ((await readDemoState())?.phase !== "removing") return;
  const giveUpAt = performance.now() + waitMs;
  while (performance.now() < giveUpAt && (await isBusy())) await sleep(500);
  await deleteDemo();
}

async function isBusy(): Promise<boolean> {
  const leases = await Promise.all([readLiveLeases(demoLease), readLiveLeases("source")]);
  return leases.flat().length > 0;
}

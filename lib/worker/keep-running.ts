import { setTimeout as sleep } from "node:timers/promises";
import { logFor } from "@/lib/telemetry/log";

/** Something the worker does for as long as it lives. `run` resolves when its signal aborts. */
export type Task = { readonly name: string; readonly run: () => Promise<void> };

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const RAN_WELL_MS = 60_000;

const log = logFor("worker");

/**
 * Runs a task again whenever it ends by itself, with growing pauses: a database that restarts, or a bug in one task,
 * must not take down what else the worker does. Never throws.
 */
export async function keepRunning(task: Task & { readonly signal: AbortSignal }): Promise<void> {
  let failures = 0;
  while (!task.signal.aborted) {
    const startedAt = performance.now();
    const error = await task.run().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (task.signal.aborted) return;
    failures = performance.now() - startedAt > RAN_WELL_MS ? 1 : failures + 1;
    const waitMs = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
    log.warn("A task of the worker ended; it is started again.", {
      task: task.name,
      waitMs,
      failures,
      error,
    });
    await sleep(waitMs, undefined, { signal: task.signal }).catch(() => undefined);
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import { holdLease } from "@/lib/db/hold-lease";
import { logFor } from "@/lib/telemetry/log";
import type { Job } from "./job";

/** How often a worker without the lease of a job looks whether it has become free. */
const WAIT_FOR_LEASE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Runs every job at its pace until `signal` aborts; of all workers, the one with a job's lease runs it. A job that
 * fails is logged and run again after a growing pause. Never throws.
 */
export async function runJobs(ask: {
  readonly jobs: readonly Job[];
  readonly holder: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}): Promise<void> {
  await Promise.all(ask.jobs.map((job) => keepJob({ ...ask, job })));
}

const log = logFor("jobs");

type Keeping = {
  readonly job: Job;
  readonly holder: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
};

async function keepJob({ job, holder, signal, now }: Keeping): Promise<void> {
  let failures = 0;
  const work = async (held: { readonly signal: AbortSignal }) => {
    while (!held.signal.aborted) {
      await job.run({ signal: held.signal, now });
      failures = 0;
      await pause(job.everyMs, held.signal);
    }
    if (signal.aborted) await job.atStop?.({ now });
  };
  while (!signal.aborted) {
    try {
      const end = await holdLease({ name: `job:${job.name}`, holder, signal, work });
      if (end === "taken") await pause(WAIT_FOR_LEASE_MS, signal);
      if (end === "lost") log.warn("A job lost its lease.", { job: job.name });
    } catch (error) {
      failures += 1;
      log.warn("A job failed; it is run again.", { job: job.name, failures, error });
      await pause(Math.min(1_000 * 2 ** (failures - 1), LONGEST_PAUSE_MS), signal);
    }
  }
}

/** Ends early when the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}

import { setTimeout as sleep } from "node:timers/promises";
import { holdLease } from "@/lib/db/hold-lease";
import { deleteOldLeases } from "@/lib/db/leases";

/** Leases that are nothing but signs of life: `worker:<role>:<holder>`. */
export const WORKER_LEASE_PREFIX = "worker:";

/**
 * Shows for as long as `signal` lasts that this worker carries a role. Each worker holds a lease of its own, which runs
 * out within seconds when the worker is killed. @throws what the database throws when it is away; to be called again
 */
export async function reportAlive(worker: {
  readonly role: "collector" | "jobs";
  readonly holder: string;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { role, holder, signal } = worker;
  await deleteOldLeases(WORKER_LEASE_PREFIX);
  while (!signal.aborted) {
    await holdLease({ name: `${WORKER_LEASE_PREFIX}${role}:${holder}`, holder, signal, work: untilAborted });
  }
}

function untilAborted({ signal }: { readonly signal: AbortSignal }): Promise<void> {
  // A timer and not only a listener: it keeps the process alive.
  return sleep(2 ** 31 - 1, undefined, { signal }).catch(() => undefined);
}

import { setTimeout as sleep } from "node:timers/promises";
import { type Lease, releaseLease, renewLease, takeLease } from "./leases";

/** How long a lease outlives its holder: a worker that was killed is replaced after this time at the latest. */
export const LEASE_TTL_MS = 15_000;
const HEARTBEAT_MS = 4_000;

/**
 * Takes a lease and runs `work` while it is ours, with a heartbeat. `work` is told to stop by its signal when the caller
 * stops, or when the lease is lost: taken by another, or not renewed in time because the database could not be reached.
 * Resolves with `taken` (another holds it; nothing was run), `done` or `lost`.
 * @throws whatever `work` throws, and what the database throws when the lease is asked for
 */
export async function holdLease(ask: {
  readonly name: string;
  readonly holder: string;
  readonly signal: AbortSignal;
  readonly work: (held: { readonly lease: Lease; readonly signal: AbortSignal }) => Promise<void>;
  readonly ttlMs?: number;
  readonly heartbeatMs?: number;
}): Promise<"taken" | "done" | "lost"> {
  const { name, holder, signal, ttlMs = LEASE_TTL_MS, heartbeatMs = HEARTBEAT_MS } = ask;
  const askedAtMs = performance.now();
  const lease = await takeLease({ name, holder, ttlMs });
  if (lease === undefined) return "taken";
  const lost = new AbortController();
  const over = new AbortController();
  const heartbeat = keepAlive({ lease, ttlMs, heartbeatMs, askedAtMs, lost, until: over.signal });
  try {
    await ask.work({ lease, signal: AbortSignal.any([signal, lost.signal]) });
    return lost.signal.aborted ? "lost" : "done";
  } finally {
    over.abort();
    await heartbeat;
    if (!lost.signal.aborted) await releaseLease(lease).catch(() => undefined);
  }
}

/** Renews until told to stop. Time is counted from when a renewal was asked for: the answer may have taken long. */
async function keepAlive(beat: {
  readonly lease: Lease;
  readonly ttlMs: number;
  readonly heartbeatMs: number;
  readonly askedAtMs: number;
  readonly lost: AbortController;
  readonly until: AbortSignal;
}): Promise<void> {
  let provenAtMs = beat.askedAtMs;
  while (await pause(beat.heartbeatMs, beat.until)) {
    const askedAtMs = performance.now();
    const deadline = AbortSignal.timeout(Math.max(Math.ceil(provenAtMs + beat.ttlMs - askedAtMs), 1));
    const answer = await Promise.race([renewed(beat.lease, beat.ttlMs), timedOut(deadline)]);
    if (answer === "ours") provenAtMs = askedAtMs;
    if (answer === "taken" || performance.now() - provenAtMs >= beat.ttlMs) {
      beat.lost.abort();
      return;
    }
  }
}

async function renewed(lease: Lease, ttlMs: number): Promise<"ours" | "taken" | "unknown"> {
  try {
    return (await renewLease(lease, ttlMs)) ? "ours" : "taken";
  } catch {
    return "unknown";
  }
}

function timedOut(deadline: AbortSignal): Promise<"unknown"> {
  return new Promise((resolve) => {
    deadline.addEventListener("abort", () => resolve("unknown"), { once: true });
  });
}

/** False when the signal ended the pause. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal }).catch(() => false);
}

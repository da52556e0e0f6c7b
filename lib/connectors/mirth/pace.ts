import { setTimeout as sleep } from "node:timers/promises";

/** A call that takes longer than this shows an engine under load. */
export const SLOW_CALL_MS = 2_000;

/**
 * Waits until the engine at this address may be called, and answers with what to call afterwards with the time taken: at
 * most two calls at once, and after a slow one nobody calls for as long as it took, up to half a minute.
 */
export async function takeTurn(address: string, signal: AbortSignal): Promise<(tookMs: number) => void> {
  const gate = gates.get(address) ?? { running: 0, notBefore: 0, waiting: [] };
  gates.set(address, gate);
  while (gate.running >= MAX_AT_ONCE) await new Promise<void>((resolve) => gate.waiting.push(resolve));
  gate.running += 1;
  const leave = () => {
    gate.running -= 1;
    gate.waiting.shift()?.();
  };
  try {
    await pause(gate.notBefore - performance.now(), signal);
  } catch (error) {
    leave();
    throw error;
  }
  return (tookMs) => {
    if (tookMs > SLOW_CALL_MS) gate.notBefore = performance.now() + Math.min(tookMs, LONGEST_PAUSE_MS);
    leave();
  };
}

/** Waits so many milliseconds, or not at all for none. @throws the signal's reason when it aborts */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms > 0) await sleep(ms, undefined, { signal });
}

const MAX_AT_ONCE = 2;
const LONGEST_PAUSE_MS = 30_000;

type Gate = { running: number; notBefore: number; readonly waiting: (() => void)[] };

// Shared by all streams of an engine in this process.
const gates = new Map<string, Gate>();

import { setTimeout as sleep } from "node:timers/promises";
import type { TellingSpan } from "../hospital/exams";

const everyMs = 2_000;
/** A port that is opened takes some seconds; what goes on for as many tries is told, and again after as many. */
const triesBeforeWord = 30;
/** After a break, so much is told again; what is known already is recognised as such, for a day. */
const longestCatchUpMs = 20 * 3_600_000;

/**
 * Tells what happens to who listens, as it happens, until the signal aborts: all of it again from the first that could not be
 * told. Whoever does not listen is waited for.
 */
export async function keepTelling<What extends { readonly atMs: number }>(ask: {
  readonly since: Date;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly onProblem: (error: unknown) => void;
  /** What happened in a span, oldest first. */
  readonly happened: (span: TellingSpan) => readonly What[];
  /** @throws when it was not taken */
  readonly tell: (what: What) => Promise<void>;
}): Promise<void> {
  const { since, now, signal, onProblem, happened, tell } = ask;
  let doneMs = Math.max(since.getTime(), now().getTime() - longestCatchUpMs);
  let failed = 0;
  while (!signal.aborted) {
    const untilMs = now().getTime();
    try {
      for (const what of happened({ afterMs: doneMs, untilMs })) {
        signal.throwIfAborted();
        await tell(what);
        // Another may have happened in the same millisecond.
        doneMs = what.atMs - 1;
      }
      doneMs = untilMs;
      failed = 0;
    } catch (error) {
      failed += 1;
      if (!signal.aborted && failed % triesBeforeWord === 0) onProblem(error);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

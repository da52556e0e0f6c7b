import { expectedTime } from "./expected-time";
import { type Expectation, LEARNING_WEEKS } from "./history";
import { localQuarters } from "./local-quarters";
import { LEVEL_HOURS, recentLevel } from "./recent-level";

/** Whether an interface has been quiet for too long. `learning` and `unknown` say nothing of it, neither good nor bad. */
export type SilenceVerdict =
  | { readonly kind: "as_usual" }
  | { readonly kind: "silent"; readonly since: Date; readonly reason: SilenceReason }
  /** Fewer than four weeks are known, and its owner has set no limit. */
  | { readonly kind: "learning" }
  /** Nothing is known to judge by: no message ever, or nobody watching. */
  | { readonly kind: "unknown" };

export type SilenceReason =
  /** So many minutes with a message were to be expected since. */
  | { readonly kind: "rate"; readonly expected: number }
  /** In this hour of the week there usually was one at most as long ago. */
  | { readonly kind: "timetable"; readonly usualMs: number }
  /** Longer than its owner allows. */
  | { readonly kind: "owner_limit"; readonly limitMs: number };

export type SilenceAsk = {
  readonly expectation: Expectation | undefined;
  /** Set by its owner; undefined = none. */
  readonly ownerLimitMs: number | undefined;
  readonly lastAt: Date | undefined;
  readonly now: Date;
  /** Minutes with a message in [from, to) of minutes since the epoch: what came in during the hours before. */
  readonly busyIn: (fromMinute: number, toMinute: number) => number;
};

/** Judges the silence at any minute. A silence of more than a week is judged by its last week. */
export function judgeSilence(ask: SilenceAsk): SilenceVerdict {
  const { expectation, ownerLimitMs, lastAt, now } = ask;
  if (lastAt === undefined) return { kind: "unknown" };
  const quietMs = now.getTime() - lastAt.getTime();
  const silent = (reason: SilenceReason): SilenceVerdict => ({ kind: "silent", since: lastAt, reason });
  if (ownerLimitMs !== undefined && quietMs > ownerLimitMs)
    return silent({ kind: "owner_limit", limitMs: ownerLimitMs });
  if (expectation === undefined || expectation.weeks < LEARNING_WEEKS)
    return ownerLimitMs === undefined ? { kind: "learning" } : { kind: "as_usual" };
  const expected = expectedSince({ ...ask, expectation, lastAt });
  if (expected > expectation.quietLimit) return silent({ kind: "rate", expected });
  const usualMs = scheduledLimitMs(expectation, now);
  if (usualMs !== undefined && quietMs > LATE_RATIO * usualMs + LATE_MS)
    return silent({ kind: "timetable", usualMs });
  return { kind: "as_usual" };
}

/** How much of the longest usual silence a batch may be late, and how much besides. */
const LATE_RATIO = 1.05;
const LATE_MS = 15 * 60_000;
const WEEK_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;

function expectedSince(
  ask: SilenceAsk & { readonly expectation: Expectation; readonly lastAt: Date },
): number {
  const { expectation, now } = ask;
  const lastMs = Math.max(ask.lastAt.getTime(), now.getTime() - WEEK_MS);
  const from = new Date(lastMs - LEVEL_HOURS * 60 * MINUTE_MS);
  const time = expectedTime({
    quarters: localQuarters({ from, to: now }, expectation.zone),
    busyMinutes: expectation.busyMinutes,
  });
  const firstQuiet = Math.floor(lastMs / MINUTE_MS) + 1;
  const full = time.between(firstQuiet, now.getTime() / MINUTE_MS);
  // The level only ever lowers what is expected: most silences need not ask for it.
  if (full <= expectation.quietLimit) return full;
  return full * recentLevel({ time, untilMinute: firstQuiet, busyIn: ask.busyIn });
}

function scheduledLimitMs(expectation: Expectation, now: Date): number | undefined {
  if (!expectation.isScheduled) return undefined;
  const [hour = 0] = localQuarters({ from: now, to: new Date(now.getTime() + 1) }, expectation.zone).hours;
  const minutes = expectation.longestQuiet[hour] ?? undefined;
  return minutes === undefined ? undefined : minutes * MINUTE_MS;
}

import { MAX_CLOCK_AHEAD_MS, retainedFrom, type retentionDays } from "@/lib/core/metric/retention";
import { rejected, type Verdict } from "./verdict";

/** A check of instants against what is kept at `now`: undefined for one that can be stored, otherwise why not. */
export function instantCheck(ask: {
  readonly kept: keyof typeof retentionDays;
  readonly now: Date;
}): (at: Date) => Verdict | undefined {
  const oldestMs = retainedFrom(ask.kept, ask.now).getTime();
  const newestMs = ask.now.getTime() + MAX_CLOCK_AHEAD_MS;
  return (at) => {
    const ms = at.getTime();
    if (ms < oldestMs) return tooOld;
    return ms > newestMs ? tooNew : undefined;
  };
}

const tooOld = rejected("outside_retention", "The time lies before the oldest day that is kept.");
export const tooNew = rejected(
  "clock_ahead",
  "The time lies more than 24 hours ahead of this server's clock.",
);

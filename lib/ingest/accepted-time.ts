import { MAX_CLOCK_AHEAD_MS, retainedFrom, type retentionDays } from "@/lib/core/metric/retention";
import { rejected, type Verdict } from "./verdict";

/** Undefined for an instant that can be stored; otherwise why not. */
export function refuseInstant(ask: {
  readonly at: Date;
  readonly kept: keyof typeof retentionDays;
  readonly now: Date;
}): Verdict | undefined {
  const { at, kept, now } = ask;
  if (at < retainedFrom(kept, now)) {
    return rejected("outside_retention", "The time lies before the oldest day that is kept.");
  }
  if (at.getTime() > now.getTime() + MAX_CLOCK_AHEAD_MS) {
    return rejected("clock_ahead", "The time lies more than 24 hours ahead of this server's clock.");
  }
  return undefined;
}

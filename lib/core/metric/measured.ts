import { createTally, type HistogramKind, type Percentiles } from "./histogram";
import type { OutcomeCounts } from "./outcome-counts";

/** What was counted over some time: outcomes, and the latencies as a histogram. */
export type Sum = { readonly counts: OutcomeCounts; readonly hist: Buffer };

/** Outcomes and percentiles (milliseconds) of each kind of latency. */
export type Measured = Readonly<Record<HistogramKind, Percentiles>> & { readonly counts: OutcomeCounts };

/** The figures that stand for a sum. */
export function measure({ counts, hist }: Sum): Measured {
  const tally = createTally();
  tally.add(hist);
  return {
    counts,
    latency: tally.percentiles("latency"),
    wait: tally.percentiles("wait"),
    partner: tally.percentiles("partner"),
  };
}

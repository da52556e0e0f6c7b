import { type Knowledge, unknownMs } from "@/lib/core/metric/gaps";
import { type Measured, measure } from "@/lib/core/metric/measured";
import { failureRate, firstAttemptFailureRate } from "@/lib/core/metric/outcome-counts";
import type { TimeRange } from "@/lib/core/time/range";
import type { UnknownInterval } from "@/lib/db/unknown-intervals";
import { query } from "@/lib/services/query";
import { readChartSums } from "./chart-sums";
import { chartInputSchema } from "./metric-input";

/** One bucket of a chart. `measured` is null where there is no figure: a gap is not a zero. */
export type SeriesBucket = TimeRange & {
  readonly knowledge: Knowledge;
  /** How much of the bucket nothing can be said about. */
  readonly unknownMs: number;
  readonly measured: Measured | null;
  readonly failureRate: number | null;
  readonly firstAttemptFailureRate: number | null;
};

export type Series = {
  readonly buckets: readonly SeriesBucket[];
  readonly unknown: readonly UnknownInterval[];
};

/**
 * Outcomes and percentiles over time, all legs of the scope together. Buckets are whole: the first may begin before
 * the range and the last end after it.
 * @throws AppError forbidden | bad_request
 */
export const readSeries = query({
  permission: "interface.read",
  input: chartInputSchema,
  disclosesPhi: false,
  run: async ({ input, now, reach }): Promise<Series> => {
    const { buckets, unknown } = await readChartSums(input, { now, reach });
    return {
      buckets: buckets.map(({ from, to, knowledge, sum }) => {
        const measured = knowledge === "measured" ? measure(sum) : null;
        return {
          from,
          to,
          knowledge,
          unknownMs: unknownMs({ from, to }, unknown),
          measured,
          failureRate: measured && failureRate(measured.counts),
          firstAttemptFailureRate: measured && firstAttemptFailureRate(measured.counts),
        };
      }),
      unknown,
    };
  },
});

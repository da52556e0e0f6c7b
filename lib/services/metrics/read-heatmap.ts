import { z } from "zod";
import type { Knowledge } from "@/lib/core/metric/gaps";
import { createTally, histogramKinds, noPercentiles, type Percentiles } from "@/lib/core/metric/histogram";
import { countBands, type LatencyBand, latencyBands } from "@/lib/core/metric/latency-bands";
import type { TimeRange } from "@/lib/core/time/range";
import { query } from "@/lib/services/query";
import { readChartSums } from "./chart-sums";
import { chartInputSchema } from "./metric-input";

/** One column of the heatmap: how many messages in each band, null where there is no figure. */
export type HeatmapColumn = TimeRange & {
  readonly knowledge: Knowledge;
  readonly counts: readonly number[] | null;
  readonly percentiles: Percentiles;
};

/** `bands` are the rows in use, from the fastest to the slowest; every column counts in the same ones. */
export type Heatmap = { readonly bands: readonly LatencyBand[]; readonly columns: readonly HeatmapColumn[] };

/**
 * How latencies were spread over time, all legs of the scope together. A cell counts exactly the messages whose latency
 * lies in its band.
 * @throws AppError forbidden | bad_request
 */
export const readHeatmap = query({
  permission: "interface.read",
  input: chartInputSchema.extend({ latency: z.enum(histogramKinds).default("latency") }),
  disclosesPhi: false,
  run: async ({ input, now, reach }): Promise<Heatmap> => {
    const { buckets } = await readChartSums(input, { now, reach });
    const tally = createTally();
    const columns = buckets.map(({ from, to, knowledge, sum }): HeatmapColumn => {
      if (knowledge !== "measured") return { from, to, knowledge, counts: null, percentiles: noPercentiles };
      tally.clear();
      tally.add(sum.hist);
      const counts = countBands(tally.buckets(input.latency));
      return { from, to, knowledge, counts, percentiles: tally.percentiles(input.latency) };
    });
    return trimBands(columns);
  },
});

/** Leaves out the empty bands below the fastest and above the slowest message. */
function trimBands(columns: readonly HeatmapColumn[]): Heatmap {
  const isUsed = (band: number) => columns.some(({ counts }) => (counts?.[band] ?? 0) > 0);
  const used = latencyBands.flatMap((_, band) => (isUsed(band) ? [band] : []));
  const first = used[0] ?? 0;
  const end = (used.at(-1) ?? -1) + 1;
  return {
    bands: latencyBands.slice(first, end),
    columns: columns.map((column) => ({ ...column, counts: column.counts?.slice(first, end) ?? null })),
  };
}

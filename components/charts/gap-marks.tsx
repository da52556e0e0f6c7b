import type { ChartSeries } from "./chart-model";
import { type PlotArea, xOf } from "./plot-area";
import { gapsOf } from "./stack";

export type GapMarksProps = {
  readonly series: readonly Pick<ChartSeries, "values">[];
  readonly edges: readonly number[];
  readonly plot: PlotArea;
};

/** Marks stretches without any measurement along the time axis: an empty plot would read as zero. */
export function GapMarks({ series, edges, plot }: GapMarksProps) {
  return gapsOf(series, edges.length - 1).map(({ first, last }) => {
    const left = xOf(edges[first] ?? 0, { edges, plot });
    const right = xOf(edges[last + 1] ?? 0, { edges, plot });
    return (
      <div
        key={first}
        title="no data"
        className="pointer-events-none absolute overflow-hidden border-b-2 border-dashed border-unknown bg-unknown-tint text-center text-12 leading-5 text-muted"
        style={{ left, width: right - left, top: plot.top, height: plot.height }}
      >
        {right - left > 56 ? "no data" : ""}
      </div>
    );
  });
}

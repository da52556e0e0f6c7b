"use client";
import { memo } from "react";
import { Area, Bar, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from "recharts";
import { timeTicks } from "@/lib/core/time/ticks";
import { seriesFill } from "./chart-legend";
import { type BucketValues, type ChartSeries, type ChartUnit, formatTick } from "./chart-model";
import type { PlotArea } from "./plot-area";
import type { UsualRange } from "./series-figures";
import { isAlone } from "./stack";

export type SeriesShape = "line" | "area" | "stacked-bars";
export type TimeSeriesPlotProps = {
  readonly width: number;
  readonly height: number;
  readonly plot: PlotArea;
  readonly edges: readonly number[];
  readonly zone: string;
  readonly unit: ChartUnit;
  readonly shape: SeriesShape;
  readonly series: readonly ChartSeries[];
  readonly yTicks: readonly number[];
  readonly previous: BucketValues | undefined;
  readonly usual: UsualRange | undefined;
};

/** The drawing alone, without interaction: redrawn only when figures or size change, not when the cursor moves. */
export const TimeSeriesPlot = memo(function TimeSeriesPlot(props: TimeSeriesPlotProps) {
  const { width, height, plot, edges, zone, unit, yTicks, usual } = props;
  const [firstMs = 0, lastMs = 1] = [edges[0], edges.at(-1)];
  const range = { from: new Date(firstMs), to: new Date(lastMs) };
  const ticks = timeTicks({ range, zone, maxCount: Math.max(2, Math.floor(plot.width / 84)) });
  const labels = new Map(ticks.map(({ at, label }) => [at.getTime(), label]));
  return (
    <ComposedChart
      width={width}
      height={height}
      data={rowsOf(props)}
      margin={{ top: plot.top, right: width - plot.left - plot.width, bottom: 0, left: 0 }}
      accessibilityLayer={false}
      barGap={0}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="midMs"
        type="number"
        domain={[firstMs, lastMs]}
        ticks={[...labels.keys()]}
        tickFormatter={(ms: number) => labels.get(ms) ?? ""}
        interval={0}
        height={24}
        tick={tickStyle}
        tickSize={4}
        stroke="var(--line-strong)"
      />
      <YAxis
        width={plot.left}
        domain={[0, yTicks.at(-1) ?? 1]}
        ticks={[...yTicks]}
        tickFormatter={(value: number) => formatTick(value, unit)}
        interval={0}
        tick={tickStyle}
        axisLine={false}
        tickLine={false}
      />
      {usual ? <Area dataKey="usual" fill="var(--line)" fillOpacity={0.6} stroke="none" {...still} /> : null}
      {props.previous ? (
        <Line dataKey="previous" stroke="var(--line-strong)" strokeWidth={1} dot={false} {...still} />
      ) : null}
      {seriesElements(props)}
    </ComposedChart>
  );
});

// Charts do not animate, and the cursor's own marks replace the library's.
const still = { isAnimationActive: false, activeDot: false } as const;
const tickStyle = { fill: "var(--text-muted)", fontSize: 12 };

/** Elements rather than a component: the chart reads its children's props. */
function seriesElements({ shape, series, plot, edges }: TimeSeriesPlotProps) {
  const pitch = plot.width / Math.max(1, edges.length - 1);
  switch (shape) {
    case "stacked-bars":
      return series.map((one) => (
        <Bar
          key={one.key}
          dataKey={one.key}
          stackId="stack"
          fill={seriesFill(one)}
          barSize={Math.max(1, pitch > 4 ? pitch - 1 : pitch)}
          isAnimationActive={false}
        />
      ));
    case "line":
    case "area":
      return series.map((one) => {
        const colour = `var(--${one.colour})`;
        const common = {
          dataKey: one.key,
          stroke: colour,
          strokeWidth: 1.5,
          dot: hasLoneValue(one.values) ? loneDot(one) : false,
          connectNulls: false,
          ...(one.dash ? { strokeDasharray: one.dash } : {}),
          ...still,
        };
        return shape === "line" ? (
          <Line key={one.key} {...common} />
        ) : (
          <Area key={one.key} fill={colour} fillOpacity={0.14} {...common} />
        );
      });
  }
}

function hasLoneValue(values: BucketValues): boolean {
  return values.some((_, i) => isAlone(values, i));
}

function loneDot({ colour, values }: ChartSeries) {
  return ({ cx, cy, index }: DotPlace) =>
    isAlone(values, index) ? <circle key={index} cx={cx} cy={cy} r={1.75} fill={`var(--${colour})`} /> : null;
}
type DotPlace = {
  readonly cx?: number | string | undefined;
  readonly cy?: number | string | undefined;
  readonly index: number;
};

function rowsOf({ edges, series, previous, usual }: TimeSeriesPlotProps) {
  return edges.slice(0, -1).map((fromMs, i) => {
    const toMs = edges[i + 1] ?? fromMs;
    const low = usual?.low[i] ?? null;
    const high = usual?.high[i] ?? null;
    return {
      ...Object.fromEntries(series.map((one) => [one.key, one.values[i] ?? null])),
      midMs: (fromMs + toMs) / 2,
      previous: previous?.[i] ?? null,
      usual: low === null || high === null ? null : [low, high],
    };
  });
}

"use client";
import { memo } from "react";
import { timeTicks } from "@/lib/core/time/ticks";
import { type ChartSeries, formatShortDuration } from "./chart-model";
import { type HeatLevel, heatLevel, heightOf, type LatencyEdges } from "./heat-rows";
import { type PlotArea, xOf } from "./plot-area";
import { latencyTicks } from "./value-ticks";

export type HeatDrawingProps = {
  readonly width: number;
  readonly height: number;
  readonly plot: PlotArea;
  readonly edges: readonly number[];
  readonly latencyEdges: LatencyEdges;
  readonly columns: readonly (readonly number[] | null)[];
  readonly series: readonly ChartSeries[];
  readonly targetMs: number | undefined;
  readonly zone: string;
};

/** Axes, cells and percentile lines. One path per depth keeps the page light however many cells there are. */
export const HeatDrawing = memo(function HeatDrawing(props: HeatDrawingProps) {
  const { width, height, plot, latencyEdges, series, targetMs } = props;
  const yOf = (ms: number) => plot.top + plot.height * (1 - heightOf(ms, latencyEdges));
  return (
    <svg width={width} height={height} aria-hidden="true" className="absolute inset-0">
      {[...cellPaths(props)].map(([level, path]) => (
        <path key={level} d={path} fill={`var(--heat-${level})`} shapeRendering="crispEdges" />
      ))}
      <LatencyAxis {...props} yOf={yOf} />
      <TimeAxis {...props} />
      {targetMs === undefined ? null : (
        <path
          d={`M${plot.left} ${yOf(targetMs)}h${plot.width}`}
          stroke="var(--text)"
          strokeDasharray="8 4"
          strokeWidth="1"
        />
      )}
      {series.map((one) => (
        <g key={one.key} fill="none" strokeLinejoin="round" strokeLinecap="round">
          {/* A halo of the page's colour keeps the line apart from the cells below it. */}
          <path
            d={linePath(one.values, { ...props, yOf })}
            stroke="var(--surface)"
            strokeWidth="4"
            opacity="0.85"
          />
          <path
            d={linePath(one.values, { ...props, yOf })}
            stroke={`var(--${one.colour})`}
            strokeWidth="1.75"
            strokeDasharray={one.dash}
          />
        </g>
      ))}
    </svg>
  );
});

type WithY = HeatDrawingProps & { readonly yOf: (ms: number) => number };

function LatencyAxis({ plot, latencyEdges, yOf }: WithY) {
  // A first row that starts at 0 has no place for it on a logarithmic axis.
  const minMs = latencyEdges.find((edge) => edge > 0) ?? 1;
  const maxMs = latencyEdges.at(-1) ?? 1;
  return latencyTicks({ minMs, maxMs }).map((tick) => (
    <g key={tick}>
      <path d={`M${plot.left - 4} ${yOf(tick)}h4`} stroke="var(--line-strong)" />
      <text
        x={plot.left - 8}
        y={yOf(tick)}
        textAnchor="end"
        dominantBaseline="middle"
        fontSize="12"
        fill="var(--text-muted)"
      >
        {formatShortDuration(tick)}
      </text>
    </g>
  ));
}

function TimeAxis({ plot, edges, zone }: HeatDrawingProps) {
  const range = { from: new Date(edges[0] ?? 0), to: new Date(edges.at(-1) ?? 1) };
  const bottom = plot.top + plot.height;
  return (
    <g fontSize="12" fill="var(--text-muted)" textAnchor="middle">
      <path d={`M${plot.left} ${bottom + 0.5}h${plot.width}`} stroke="var(--line-strong)" />
      {timeTicks({ range, zone, maxCount: Math.max(2, Math.floor(plot.width / 84)) }).map(({ at, label }) => (
        <g key={at.getTime()} transform={`translate(${xOf(at.getTime(), { edges, plot })} ${bottom})`}>
          <path d="M0 0v4" stroke="var(--line-strong)" />
          <text y="17">{label}</text>
        </g>
      ))}
    </g>
  );
}

function cellPaths({ plot, edges, columns, latencyEdges }: HeatDrawingProps): ReadonlyMap<HeatLevel, string> {
  const max = Math.max(0, ...columns.map((column) => Math.max(0, ...(column ?? []))));
  const rowHeight = plot.height / (latencyEdges.length - 1);
  const paths = new Map<HeatLevel, string>();
  columns.forEach((column, i) => {
    const left = Math.round(xOf(edges[i] ?? 0, { edges, plot }));
    const right = Math.round(xOf(edges[i + 1] ?? 0, { edges, plot }));
    // A hairline between cells where there is room for one.
    const cellWidth = right - left > 4 ? right - left - 1 : Math.max(1, right - left);
    column?.forEach((count, row) => {
      const level = heatLevel(count, max);
      if (level === 0) return;
      const top = Math.round(plot.top + plot.height - (row + 1) * rowHeight);
      const bottom = Math.round(plot.top + plot.height - row * rowHeight);
      const cell = `M${left} ${top}h${cellWidth}v${bottom - top - (rowHeight > 4 ? 1 : 0)}h-${cellWidth}z`;
      paths.set(level, (paths.get(level) ?? "") + cell);
    });
  });
  return paths;
}

function linePath(values: readonly (number | null)[], { edges, plot, yOf }: WithY): string {
  return values
    .map((value, i) => {
      if (value === null) return "";
      const middleMs = ((edges[i] ?? 0) + (edges[i + 1] ?? 0)) / 2;
      const isStart = (values[i - 1] ?? null) === null;
      const isAlone = isStart && (values[i + 1] ?? null) === null;
      const x = Math.round(xOf(middleMs, { edges, plot }) * 10) / 10;
      return `${isStart ? "M" : "L"}${x} ${Math.round(yOf(value) * 10) / 10}${isAlone ? "h0.01" : ""}`;
    })
    .join("");
}

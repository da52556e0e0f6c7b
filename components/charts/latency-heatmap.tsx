"use client";
import { useMemo, useState } from "react";
import { formatRange } from "@/lib/core/time/format";
import { formatCount } from "../ui/format-number";
import type { BucketHref } from "./bucket-href";
import { ChartFrame } from "./chart-frame";
import { type ChartMarker, formatShortDuration, formatValue } from "./chart-model";
import { ChartTooltip } from "./chart-tooltip";
import { DirectLabels, labelWidthOf } from "./direct-labels";
import { GapMarks } from "./gap-marks";
import { HeatDrawing } from "./heat-drawing";
import { heightOf, type LatencyEdges } from "./heat-rows";
import { HeatScale } from "./heat-scale";
import { type PlotArea, plotAreaOf, xOf } from "./plot-area";
import { PlotMarkers } from "./plot-markers";
import { type ChartCursor, PlotSurface } from "./plot-surface";
import { type Percentiles, percentileSeries } from "./series-presets";
import { useChartLinks } from "./use-chart-links";
import { useWidth } from "./use-width";

/** One bucket's counts by latency row, bottom first; `null` = nothing known about that time. */
export type HeatColumn = readonly number[] | null;

export type LatencyHeatmapProps = {
  readonly title: string;
  /** Bucket edges in milliseconds since 1970, one more than there are columns. */
  readonly edges: readonly number[];
  /** From `latencyRowEdges`; counts by `foldIntoRows`. */
  readonly latencyEdges: LatencyEdges;
  readonly columns: readonly HeatColumn[];
  readonly percentiles: Percentiles;
  /** The agreed limit, drawn as a line across. */
  readonly targetMs?: number;
  readonly zone: string;
  readonly markers?: readonly ChartMarker[];
  /** May use {minMs} and {maxMs} for the cell's latencies. */
  readonly bucketHref?: BucketHref;
  readonly height?: number;
};

/**
 * Time × latency (logarithmic), darker where more messages took that long, with p50, p95 and p99 on top: shows the two humps and
 * the slow tail that percentile lines hide. Cells open their messages, dragging zooms, "Table" lists the percentiles and counts.
 */
export function LatencyHeatmap(props: LatencyHeatmapProps) {
  const { title, zone, edges, bucketHref, height = 260 } = props;
  return (
    <ChartFrame
      title={title}
      zone={zone}
      bucketHref={bucketHref?.replaceAll(/[&?][a-zA-Z]+=\{(min|max)Ms\}/g, "")}
      height={height}
      table={{ edges, columns: tableColumns(props) }}
      legend={<HeatScale max={highestCount(props)} />}
    >
      <Heat {...props} height={height} />
    </ChartFrame>
  );
}

function Heat(props: LatencyHeatmapProps & { readonly height: number }) {
  const { title, edges, latencyEdges, columns, percentiles, targetMs, zone, markers = [], height } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const [cursor, setCursor] = useState<ChartCursor>();
  const plot = useMemo(
    () => plotAreaOf({ width, height, labelWidth: labelWidthOf({ labels: ["p99"], width }) }),
    [width, height],
  );
  const series = percentileSeries(percentiles);
  const known = columns.map((column) => (column === null ? null : 1));
  const links = useChartLinks({
    bucketHref: props.bucketHref,
    placeOf: ({ column, row }) => cellPlace(props, { column, row }),
  });
  return (
    <div ref={box} className="relative h-full">
      {width === 0 ? null : (
        <>
          <GapMarks series={[{ values: known }]} edges={edges} plot={plot} />
          <HeatDrawing {...{ plot, width, height, edges, latencyEdges, columns, series, targetMs, zone }} />
          <DirectLabels series={series} plot={plot} heightOf={(ms) => heightOf(ms, latencyEdges)} />
          <PlotSurface
            label={`${title}. Arrow keys move over time and latency, Enter opens the messages, Shift and arrows zoom.`}
            plot={plot}
            edges={edges}
            rowCount={latencyEdges.length - 1}
            cursor={cursor}
            onCursor={setCursor}
            onOpen={links.open}
            onZoom={links.zoom}
            sentenceFor={(place) => spokenCell(props, place)}
          />
          <PlotMarkers markers={markers} edges={edges} plot={plot} />
          {cursor ? (
            <CellFrame cursor={cursor} plot={plot} edges={edges} rowCount={latencyEdges.length - 1} />
          ) : null}
          {cursor ? (
            <ChartTooltip
              column={cursor.column}
              edges={edges}
              plot={plot}
              zone={zone}
              lines={cellLines(props, cursor)}
            />
          ) : null}
        </>
      )}
    </div>
  );
}

function CellFrame({ cursor, plot, edges, rowCount }: CellFrameProps) {
  const left = xOf(edges[cursor.column] ?? 0, { edges, plot });
  const right = xOf(edges[cursor.column + 1] ?? 0, { edges, plot });
  const rowHeight = plot.height / rowCount;
  const top = plot.top + plot.height - (cursor.row + 1) * rowHeight;
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute outline-2 outline-ink"
      style={{ left, width: right - left, top, height: rowHeight }}
    />
  );
}
type CellFrameProps = {
  readonly cursor: ChartCursor;
  readonly plot: PlotArea;
  readonly edges: readonly number[];
  readonly rowCount: number;
};

function cellPlace({ edges, latencyEdges }: LatencyHeatmapProps, { column, row }: ChartCursor) {
  const [fromMs, toMs] = [edges[column], edges[column + 1]];
  if (fromMs === undefined || toMs === undefined) return undefined;
  return { fromMs, toMs, minMs: latencyEdges[row] ?? 0, maxMs: latencyEdges[row + 1] ?? 0 };
}

function cellLines(
  { latencyEdges, columns, percentiles }: LatencyHeatmapProps,
  { column, row }: ChartCursor,
) {
  const counts = columns[column] ?? null;
  const [low = 0, high = 0] = [latencyEdges[row], latencyEdges[row + 1]];
  return [
    {
      key: "cell",
      label: `${formatShortDuration(low)} – ${formatShortDuration(high)}`,
      text: counts === null ? "no data" : formatMessages(counts[row] ?? 0),
    },
    ...percentileSeries(percentiles).map(({ key, label, values }) => ({
      key,
      label,
      text: formatValue(values[column] ?? null, "ms"),
    })),
  ];
}

function spokenCell(props: LatencyHeatmapProps, cursor: ChartCursor): string {
  const { edges, zone } = props;
  const range = { from: new Date(edges[cursor.column] ?? 0), to: new Date(edges[cursor.column + 1] ?? 0) };
  const lines = cellLines(props, cursor).map(({ label, text }) => `${label} ${text}`);
  return [formatRange({ range, zone, now: range.to }), ...lines].join("; ");
}

function tableColumns({ columns, latencyEdges, percentiles }: LatencyHeatmapProps) {
  const rows = latencyEdges.slice(0, -1).map((low, row) => ({
    key: `row-${low}`,
    label: `${formatShortDuration(low)} – ${formatShortDuration(latencyEdges[row + 1] ?? low)}`,
    unit: "messages" as const,
    values: columns.map((column) => column?.[row] ?? null),
    hrefQuery: `minMs=${low}&maxMs=${latencyEdges[row + 1] ?? low}`,
  }));
  const lines = percentileSeries(percentiles).map(({ key, label, values }) => ({
    key,
    label,
    unit: "ms" as const,
    values,
  }));
  return [...lines, ...rows];
}

function highestCount({ columns }: LatencyHeatmapProps): number {
  return Math.max(0, ...columns.map((column) => Math.max(0, ...(column ?? []))));
}

function formatMessages(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "message" : "messages"}`;
}

"use client";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import type { BucketHref } from "./bucket-href";
import { ChartFrame } from "./chart-frame";
import { ChartLegend } from "./chart-legend";
import { unitTitle } from "./chart-model";
import { ChartTooltip } from "./chart-tooltip";
import { DirectLabels, labelWidthOf } from "./direct-labels";
import { GapMarks } from "./gap-marks";
import { plotAreaOf } from "./plot-area";
import { PlotMarkers } from "./plot-markers";
import { type ChartCursor, PlotSurface } from "./plot-surface";
import { figuresAt, markerNotes, type SeriesFigures, spokenFigures, tableColumns } from "./series-figures";
import { highestValue } from "./stack";
import type { SeriesShape } from "./time-series-plot";
import { useChartLinks } from "./use-chart-links";
import { useWidth } from "./use-width";
import { valueTicks } from "./value-ticks";

// The drawing library is two thirds of a page's script: it comes after the figures around it can be used.
const TimeSeriesPlot = dynamic(() => import("./time-series-plot").then((module) => module.TimeSeriesPlot), {
  ssr: false,
});

/**
 * `edges`: milliseconds since 1970, one more than there are values, from `bucketEdges`. `previous`: a thin grey line ("previous
 * 24 h"), for a stack its total. `usual`: a band.
 */
export type TimeSeriesProps = SeriesFigures & {
  /** What is drawn and per which bucket: "Outcomes per 5 min". Also names table and CSV file. */
  readonly title: string;
  readonly shape: SeriesShape;
  /** Where a click leads: exactly the messages of that bucket. */
  readonly bucketHref?: BucketHref;
  /** CSS pixels, axes included. */
  readonly height?: number;
};

/**
 * A chart over time: lines, areas or stacked bars, y from zero, gaps left open. Hover or arrow keys show figures, click or Enter
 * opens the bucket's messages, dragging zooms the page's range. "Table" shows the same figures.
 */
export function TimeSeries(props: TimeSeriesProps) {
  const { title, unit, shape, edges, zone, series, markers = [], bucketHref } = props;
  const { height = 220 } = props;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => series.filter(({ key }) => !hidden.has(key)), [series, hidden]);
  const toggle = (key: string) => setHidden(toggled(hidden, key));
  return (
    <ChartFrame
      title={title}
      zone={zone}
      bucketHref={bucketHref}
      height={height}
      table={{ edges, columns: tableColumns(props) }}
      legend={
        <ChartLegend
          entries={series}
          isLine={shape !== "stacked-bars"}
          hidden={hidden}
          onToggle={toggle}
          notes={legendNotes(props)}
        />
      }
    >
      <Drawing {...props} series={shown} markers={markers} unit={unit} height={height} />
    </ChartFrame>
  );
}

function Drawing(props: TimeSeriesProps & { readonly height: number }) {
  const { title, unit, shape, edges, zone, series, previous, usual, markers = [], height } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const [cursor, setCursor] = useState<ChartCursor>();
  const { open, zoom } = useChartLinks({
    bucketHref: props.bucketHref,
    placeOf: ({ column }) => bucketPlace(edges, column),
  });
  const hasDirectLabels = shape !== "stacked-bars" && props.series.length > 1;
  const labels = hasDirectLabels ? props.series.map(({ label }) => label) : [];
  const labelWidth = labelWidthOf({ labels, width });
  const plot = useMemo(() => plotAreaOf({ width, height, labelWidth }), [width, height, labelWidth]);
  const yTicks = useMemo(() => {
    const others = [previous?.values ?? [], usual?.high ?? []];
    return valueTicks(highestValue({ series, isStacked: shape === "stacked-bars", others }), unit);
  }, [series, shape, previous, usual, unit]);
  const heightOf = (value: number) => value / (yTicks.at(-1) ?? 1);
  return (
    <div ref={box} className="relative h-full">
      <span className="absolute top-0 left-0 text-12 text-muted">{unitTitle(unit)}</span>
      {width === 0 ? null : (
        <>
          <GapMarks series={series} edges={edges} plot={plot} />
          <TimeSeriesPlot
            {...{ width, height, plot, edges, zone, unit, shape, series, yTicks, usual }}
            previous={previous?.values}
          />
          {hasDirectLabels ? <DirectLabels series={series} plot={plot} heightOf={heightOf} /> : null}
          <PlotSurface
            label={`${title}. Arrow keys move, Enter opens the messages, Shift and arrows zoom.`}
            plot={plot}
            edges={edges}
            cursor={cursor}
            onCursor={setCursor}
            onOpen={open}
            onZoom={zoom}
            sentenceFor={({ column }) => spokenFigures(props, column)}
          />
          <PlotMarkers markers={markers} edges={edges} plot={plot} />
          {cursor ? (
            <ChartTooltip
              column={cursor.column}
              edges={edges}
              plot={plot}
              zone={zone}
              lines={figuresAt(props, cursor.column)}
              notes={markerNotes(props, cursor.column)}
            />
          ) : null}
        </>
      )}
    </div>
  );
}

function bucketPlace(edges: readonly number[], column: number) {
  const [fromMs, toMs] = [edges[column], edges[column + 1]];
  return fromMs === undefined || toMs === undefined ? undefined : { fromMs, toMs };
}

function legendNotes({ previous, usual }: TimeSeriesProps) {
  return [
    ...(previous ? [{ kind: "line" as const, label: previous.label }] : []),
    ...(usual ? [{ kind: "band" as const, label: "usual range" }] : []),
  ];
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return set.has(key) ? new Set([...set].filter((other) => other !== key)) : new Set([...set, key]);
}

import { formatRange } from "@/lib/core/time/format";
import {
  type BucketValues,
  type ChartMarker,
  type ChartSeries,
  type ChartUnit,
  formatValue,
  markerTitles,
} from "./chart-model";
import type { TableColumn } from "./chart-table";
import type { TooltipLine } from "./chart-tooltip";

/** The usual range, bucket by bucket. */
export type UsualRange = { readonly low: BucketValues; readonly high: BucketValues };

/** The figures behind a chart over time. */
export type SeriesFigures = {
  readonly unit: ChartUnit;
  readonly edges: readonly number[];
  readonly zone: string;
  readonly series: readonly ChartSeries[];
  readonly previous?: { readonly label: string; readonly values: BucketValues };
  readonly usual?: UsualRange;
  readonly markers?: readonly ChartMarker[];
};

/** The chart's figures as table columns, comparison and usual range included. */
export function tableColumns({ series, unit, previous, usual }: SeriesFigures): readonly TableColumn[] {
  return [
    ...series.map(({ key, label, values, hrefQuery }) => ({ key, label, unit, values, hrefQuery })),
    ...(previous
      ? [{ key: "previous", label: previous.label, unit, values: previous.values, isLinked: false }]
      : []),
    ...(usual
      ? [
          { key: "usual-low", label: "usual from", unit, values: usual.low, isLinked: false },
          { key: "usual-high", label: "usual to", unit, values: usual.high, isLinked: false },
        ]
      : []),
  ];
}

/** What the tooltip says about one bucket, topmost of a stack first. */
export function figuresAt(
  { series, unit, previous, usual }: SeriesFigures,
  column: number,
): readonly TooltipLine[] {
  const line = (key: string, label: string, values: BucketValues) => ({
    key,
    label,
    text: formatValue(values[column] ?? null, unit),
  });
  const [low, high] = [usual?.low[column] ?? null, usual?.high[column] ?? null];
  return [
    ...series.toReversed().map(({ key, label, values }) => line(key, label, values)),
    ...(previous ? [line("previous", previous.label, previous.values)] : []),
    ...(low !== null && high !== null
      ? [{ key: "usual", label: "usual", text: `${formatValue(low, unit)} – ${formatValue(high, unit)}` }]
      : []),
  ];
}

/** The same as a sentence. */
export function spokenFigures(props: SeriesFigures, column: number): string {
  const range = { from: new Date(props.edges[column] ?? 0), to: new Date(props.edges[column + 1] ?? 0) };
  const figures = figuresAt(props, column).map(({ label, text }) => `${label} ${text}`);
  return [
    formatRange({ range, zone: props.zone, now: range.to }),
    ...figures,
    ...markerNotes(props, column),
  ].join("; ");
}

/** Markers that fall into the bucket. */
export function markerNotes({ markers = [], edges }: SeriesFigures, column: number): readonly string[] {
  const [fromMs, toMs] = [edges[column] ?? 0, edges[column + 1] ?? 0];
  return markers
    .filter((marker) => marker.atMs < toMs && (marker.toMs ?? marker.atMs) >= fromMs)
    .map((marker) => `${markerTitles[marker.kind]}: ${marker.label}`);
}

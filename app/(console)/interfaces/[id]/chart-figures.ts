import type { BucketValues, ChartMarker } from "@/components/charts/chart-model";
import type { OutcomeCounts as OutcomeValues, Percentiles } from "@/components/charts/series-presets";
import type { EngineCounter } from "@/lib/core/metric/engine-counters";
import type { HistogramKind } from "@/lib/core/metric/histogram";
import { totalOf } from "@/lib/core/metric/outcome-counts";
import type { InterfaceChange } from "@/lib/services/interfaces/list-changes";
import { riseOf } from "@/lib/services/interfaces/read-counters";
import type { Series, SeriesBucket } from "@/lib/services/metrics/read-series";
import type { InterfacePage } from "./load-page";

/** Bucket edges in milliseconds, one more than there are buckets. */
export function edgesOf(buckets: readonly { readonly from: Date; readonly to: Date }[]): readonly number[] {
  const last = buckets.at(-1);
  return last ? [...buckets.map(({ from }) => from.getTime()), last.to.getTime()] : [];
}

/** Counts by final outcome, a bucket each; null where nothing is known. */
export function outcomeValues({ buckets }: Series): OutcomeValues {
  const of = (outcome: keyof OutcomeValues) =>
    buckets.map(({ measured }) => measured?.counts[outcome] ?? null);
  return {
    ok: of("ok"),
    failed: of("failed"),
    filtered: of("filtered"),
    pending: of("pending"),
    unknown: of("unknown"),
  };
}

/** All deliveries a bucket, as many as `length`. */
export function totals(series: Series | undefined, length: number): BucketValues {
  return Array.from({ length }, (_, i) => totalIn(series?.buckets[i]));
}

/** Lowest and highest total of the same bucket in earlier weeks; undefined where no week has any. */
export function usualTotals(weeks: readonly (Series | undefined)[], length: number) {
  const known = weeks.filter((week) => week !== undefined);
  const spans = Array.from({ length }, (_, i) =>
    known.map(({ buckets }) => totalIn(buckets[i])).filter((value) => value !== null),
  );
  if (spans.every((values) => values.length === 0)) return undefined;
  return {
    low: spans.map((values) => (values.length === 0 ? null : Math.min(...values))),
    high: spans.map((values) => (values.length === 0 ? null : Math.max(...values))),
  };
}

/** p50, p95 and p99 of one kind of latency, a bucket each. */
export function percentileValues(series: Series, kind: HistogramKind): Percentiles {
  const of = (name: keyof Percentiles) =>
    series.buckets.map(({ measured }) => measured?.[kind][name] ?? null);
  return { p50: of("p50"), p95: of("p95"), p99: of("p99") };
}

/** What the engine counted over the page's range, and over how much of it there were readings. Null = no reading. */
export function countedSums({ view, counters }: Pick<InterfacePage, "view" | "counters">) {
  const of = (counter: EngineCounter, direction?: "source" | "destination") =>
    view.legs
      .filter(({ leg }) => direction === undefined || leg.direction === direction)
      .map(({ leg }) => riseOf(counters?.rises.get(leg.legId)?.[counter] ?? []))
      .reduce<number | null>((sum, rise) => (rise === null ? sum : (sum ?? 0) + rise), null);
  const [first] = view.legs;
  const readings = (first && counters?.rises.get(first.leg.legId)?.received) ?? [];
  const { edges = [] } = counters ?? {};
  const known = readings.map((rise, i) =>
    rise === null ? 0 : (edges[i + 1]?.getTime() ?? 0) - (edges[i]?.getTime() ?? 0),
  );
  return {
    received: of("received", "source"),
    sent: of("sent", "destination"),
    errors: of("error"),
    knownFrom: edges[readings.findIndex((rise) => rise !== null)],
    knownMs: known.reduce((sum, ms) => sum + ms, 0),
  };
}

/** Changes as markers on a chart. */
export function markersOf(changes: readonly InterfaceChange[]): readonly ChartMarker[] {
  return changes.map(({ at, kind, detail, isOfSource }) => ({
    atMs: at.getTime(),
    kind: kind === "restarted" ? "restart" : "change",
    label: `${isOfSource ? "Source " : ""}${changeWord(kind)}${detail ? `: ${detail}` : ""}`,
  }));
}

/** "counter_fell" → "counter fell". */
export function changeWord(kind: string): string {
  return kind.replaceAll("_", " ");
}

function totalIn(bucket: SeriesBucket | undefined): number | null {
  return bucket?.measured ? totalOf(bucket.measured.counts) : null;
}

import type { BucketValues, ChartSeries } from "./chart-model";

/** Counts by final outcome as a stack, well at the bottom, in the same colours and patterns on every page. */
export function outcomeSeries(counts: OutcomeCounts): readonly ChartSeries[] {
  return [
    { key: "ok", label: "ok", colour: "outcome-ok", values: counts.ok, hrefQuery: "outcome=ok" },
    {
      key: "filtered",
      label: "filtered",
      colour: "outcome-filtered",
      pattern: "hatched",
      values: counts.filtered,
      hrefQuery: "outcome=filtered",
    },
    {
      key: "pending",
      label: "pending",
      colour: "outcome-pending",
      pattern: "dotted",
      values: counts.pending,
      hrefQuery: "outcome=pending",
    },
    {
      key: "unknown",
      label: "unknown",
      colour: "outcome-unknown",
      pattern: "hatched",
      values: counts.unknown,
      hrefQuery: "outcome=unknown",
    },
    {
      key: "failed",
      label: "failed",
      colour: "outcome-failed",
      values: counts.failed,
      hrefQuery: "outcome=failed",
    },
  ];
}
export type OutcomeCounts = Readonly<
  Record<"ok" | "failed" | "filtered" | "pending" | "unknown", BucketValues>
>;

/** p50, p95 and p99 in milliseconds as lines that differ by dash as well as colour. */
export function percentileSeries({ p50, p95, p99 }: Percentiles): readonly ChartSeries[] {
  return [
    { key: "p50", label: "p50", colour: "series-3", values: p50 },
    { key: "p95", label: "p95", colour: "series-1", dash: "6 3", values: p95 },
    { key: "p99", label: "p99", colour: "series-4", dash: "2 2", values: p99 },
  ];
}
export type Percentiles = Readonly<Record<"p50" | "p95" | "p99", BucketValues>>;

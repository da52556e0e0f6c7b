import { LatencyHeatmap } from "@/components/charts/latency-heatmap";
import { Panel, type PanelState } from "@/components/ui/panel";
import { bucketTitle } from "@/lib/core/time/bucket";
import { edgesOf, markersOf } from "./chart-figures";
import { bucketHref, type PanelInput } from "./page-links";

/** How latencies were spread over time, with percentiles on top. */
export function LatencyPanel({ page, time }: PanelInput) {
  const { heatmap, bucket, changes, scope } = page;
  const bands = heatmap?.bands ?? [];
  const last = bands.at(-1);
  const of = (name: "p50" | "p95" | "p99") =>
    heatmap?.columns.map(({ percentiles }) => percentiles[name]) ?? [];
  const isIn = scope.one?.leg.direction === "source";
  return (
    <Panel
      title="Latency"
      hint={
        isIn
          ? "From receiving a message to answering its sender; percentiles within 1 %"
          : "End to end: from receiving a message to the destination's answer; percentiles within 1 %"
      }
      state={last ? { kind: "ready" } : noLatency}
    >
      {heatmap && last ? (
        <LatencyHeatmap
          title={`Latency per ${bucketTitle(bucket)}`}
          edges={edgesOf(heatmap.columns)}
          latencyEdges={[...bands.map(({ fromMs }) => fromMs), last.toMs]}
          columns={heatmap.columns.map(({ counts }) => counts)}
          percentiles={{ p50: of("p50"), p95: of("p95"), p99: of("p99") }}
          zone={time.zone}
          markers={markersOf(changes)}
          bucketHref={`${bucketHref({ page, time })}&min={minMs}&max={maxMs}`}
        />
      ) : null}
    </Panel>
  );
}

const noLatency: PanelState = {
  kind: "empty",
  title: "No delivery of this time has a latency.",
  why: "Filtered and waiting messages have none, and clocks that run backwards are not counted.",
};

import type { ChartSeries } from "@/components/charts/chart-model";
import { TimeSeries } from "@/components/charts/time-series";
import { Panel } from "@/components/ui/panel";
import { bucketTitle } from "@/lib/core/time/bucket";
import { edgesOf, markersOf, percentileValues } from "./chart-figures";
import { bucketHref, type PanelInput } from "./page-links";

/** Where the time goes: taking a message in, waiting until it is sent, and the partner's answer. */
export function DelayPanel({ page, time }: PanelInput) {
  const { current, intake, bucket, changes } = page;
  if (current === undefined) return null;
  return (
    <Panel
      title="Where the time goes"
      hint="p95 of each part by itself: parts of percentiles do not add up to the whole"
    >
      <TimeSeries
        title={`Parts of the latency, p95 per ${bucketTitle(bucket)}`}
        unit="ms"
        shape="line"
        edges={edgesOf(current.buckets)}
        zone={time.zone}
        markers={markersOf(changes)}
        bucketHref={bucketHref({ page, time })}
        series={[
          ...(intake ? [line({ key: "intake", values: percentileValues(intake, "latency").p95 })] : []),
          line({ key: "wait", values: percentileValues(current, "wait").p95 }),
          line({ key: "partner", values: percentileValues(current, "partner").p95 }),
        ]}
      />
    </Panel>
  );
}

const lines = {
  intake: { label: "taking in", colour: "series-2", dash: "2 2" },
  wait: { label: "until sent", colour: "series-1", dash: "6 3" },
  partner: { label: "partner", colour: "series-3" },
} as const satisfies Record<string, Pick<ChartSeries, "label" | "colour" | "dash">>;

function line({
  key,
  values,
}: {
  readonly key: keyof typeof lines;
  readonly values: ChartSeries["values"];
}): ChartSeries {
  return { key, values, ...lines[key] };
}

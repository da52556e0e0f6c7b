import type { ChartSeries, SeriesColour } from "@/components/charts/chart-model";
import { TimeSeries } from "@/components/charts/time-series";
import { Panel, type PanelState } from "@/components/ui/panel";
import { bucketTitle } from "@/lib/core/time/bucket";
import { markersOf } from "./chart-figures";
import type { PanelInput } from "./page-links";

/** The longest queue of each leg over time. */
export function QueuePanel({ page, time }: PanelInput) {
  const { queues, scope, bucket, changes } = page;
  const measured = scope.legs.filter(({ leg }) =>
    queues?.highs.get(leg.legId)?.some((high) => high !== null),
  );
  return (
    <Panel
      title="Queue depth"
      hint={`Messages waiting, at most, per ${bucketTitle(bucket)}; a gap where the source told none`}
      state={measured.length > 0 ? { kind: "ready" } : none}
    >
      {queues ? (
        <TimeSeries
          title={`Queue depth per ${bucketTitle(bucket)}`}
          unit="queued"
          shape="line"
          edges={queues.edges.map((edge) => edge.getTime())}
          zone={time.zone}
          markers={markersOf(changes)}
          series={measured.slice(0, looks.length).map(({ leg }, i) => ({
            key: String(leg.legId),
            label: leg.name,
            values: queues.highs.get(leg.legId) ?? [],
            ...(looks[i] ?? looks[0]),
          }))}
        />
      ) : null}
    </Panel>
  );
}

const none: PanelState = {
  kind: "empty",
  title: "No queue depth was measured in this time.",
  why: "Only engines that are polled tell how many messages wait.",
};

// At most six lines; they differ by dash as well as colour.
const looks: readonly [Look, ...Look[]] = [
  { colour: "series-1" },
  { colour: "series-2", dash: "6 3" },
  { colour: "series-3", dash: "2 2" },
  { colour: "series-4", dash: "8 3 2 3" },
  { colour: "series-5", dash: "4 2" },
  { colour: "series-6", dash: "1 3" },
];
type Look = { readonly colour: SeriesColour } & Pick<ChartSeries, "dash">;

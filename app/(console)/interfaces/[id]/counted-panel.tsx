import type { ChartSeries } from "@/components/charts/chart-model";
import { TimeSeries } from "@/components/charts/time-series";
import { Panel, type PanelState } from "@/components/ui/panel";
import type { EngineCounter } from "@/lib/core/metric/engine-counters";
import { bucketTitle } from "@/lib/core/time/bucket";
import type { Counters } from "@/lib/services/interfaces/read-counters";
import { markersOf } from "./chart-figures";
import type { PanelInput } from "./page-links";

/** Stands for the outcomes of an interface of which no message could be read: rises of the engine's counters. */
export function CountedPanel({ page, time }: PanelInput) {
  const { counters, bucket, changes } = page;
  const series = counters ? lines(page, counters) : [];
  const isAny = series.some(({ values }) => values.some((value) => value !== null));
  return (
    <Panel
      title="By the engine's counters"
      hint={`Rise of the engine's own counters per ${bucketTitle(bucket)}; there are no messages behind them to open`}
      state={isAny ? ready : none}
    >
      {counters ? (
        <TimeSeries
          title={`Rise of the engine's counters per ${bucketTitle(bucket)}`}
          unit="messages"
          shape="line"
          edges={counters.edges.map((edge) => edge.getTime())}
          zone={time.zone}
          markers={markersOf(changes)}
          series={series}
        />
      ) : null}
    </Panel>
  );
}

const ready: PanelState = { kind: "ready" };
const none: PanelState = {
  kind: "empty",
  title: "The counters were not read in this time.",
  why: "They are read from the first connection on; what was counted before cannot be placed in time.",
};

const looks = [
  { counter: "received", of: "source", label: "received", colour: "series-1" },
  { counter: "sent", of: "destination", label: "sent", colour: "series-3", dash: "6 3" },
  { counter: "filtered", of: "any", label: "filtered", colour: "series-2", dash: "2 2" },
  { counter: "error", of: "any", label: "errors", colour: "outcome-failed", dash: "8 3 2 3" },
] as const satisfies readonly ({
  readonly counter: EngineCounter;
  readonly of: "source" | "destination" | "any";
} & Pick<ChartSeries, "label" | "colour" | "dash">)[];

function lines({ scope, view }: PanelInput["page"], counters: Counters): readonly ChartSeries[] {
  const legs = scope.one ? [scope.one] : view.legs;
  return looks.flatMap(({ counter, of, ...look }) => {
    const own = legs.filter(({ leg }) => of === "any" || scope.one !== undefined || leg.direction === of);
    const rises = own.flatMap(({ leg }) => counters.rises.get(leg.legId)?.[counter] ?? []);
    const each = own.map(({ leg }) => counters.rises.get(leg.legId)?.[counter] ?? []);
    return rises.length === 0 ? [] : [{ key: counter, values: summed(each), ...look }];
  });
}

/** Sums bucket by bucket; what no leg tells is a gap. */
function summed(each: readonly (readonly (number | null)[])[]): ChartSeries["values"] {
  return (each[0] ?? []).map((_, i) =>
    each.reduce<number | null>((sum, values) => {
      const value = values[i] ?? null;
      return value === null ? sum : (sum ?? 0) + value;
    }, null),
  );
}

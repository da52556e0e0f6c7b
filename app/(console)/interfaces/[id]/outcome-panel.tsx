import { outcomeSeries } from "@/components/charts/series-presets";
import { TimeSeries } from "@/components/charts/time-series";
import { Panel, type PanelState } from "@/components/ui/panel";
import { bucketTitle } from "@/lib/core/time/bucket";
import { edgesOf, markersOf, outcomeValues, totals, usualTotals } from "./chart-figures";
import { bucketHref, type PanelInput } from "./page-links";

/** What became of deliveries over time, stacked by final outcome. */
export function OutcomePanel({ page, time }: PanelInput) {
  const { current, previous, weeks, scope, bucket, changes } = page;
  const length = current?.buckets.length ?? 0;
  const usual = usualTotals(weeks, length);
  return (
    <Panel
      title="Outcomes"
      hint={`Deliveries ${scope.one ? scopeName(scope.one.leg) : "to all destinations"} per ${bucketTitle(bucket)}, by final outcome`}
      state={outcomeState(current)}
    >
      {current ? (
        <TimeSeries
          title={`Outcomes per ${bucketTitle(bucket)}`}
          unit="messages"
          shape="stacked-bars"
          edges={edgesOf(current.buckets)}
          zone={time.zone}
          series={outcomeSeries(outcomeValues(current))}
          markers={markersOf(changes)}
          bucketHref={bucketHref({ page, time })}
          {...(previous
            ? { previous: { label: comparedWith[time.query.compare], values: totals(previous, length) } }
            : {})}
          {...(usual ? { usual } : {})}
        />
      ) : null}
    </Panel>
  );
}

const comparedWith = { none: "", previous: "previous period", "last-week": "same hours last week" } as const;

function scopeName(leg: { readonly direction: string; readonly name: string }): string {
  return leg.direction === "source" ? `coming in on ${leg.name}` : `to ${leg.name}`;
}

function outcomeState(current: PanelInput["page"]["current"]): PanelState {
  const isAny = current?.buckets.some(({ measured }) => measured !== null) ?? false;
  return isAny
    ? { kind: "ready" }
    : {
        kind: "empty",
        title: "Nothing is known of this time.",
        why: "It lies before the interface was first seen, or the source could not be reached.",
      };
}

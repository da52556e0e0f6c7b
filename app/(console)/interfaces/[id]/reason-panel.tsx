import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import { Panel, type PanelState } from "@/components/ui/panel";
import { reasonAdvice } from "@/lib/core/message/next-step";
import { cappedLegs, REASON_CAP } from "@/lib/core/message/reason-cap";
import { retainedFrom, retentionDays } from "@/lib/core/metric/retention";
import { formatMoment } from "@/lib/core/time/format";
import type { LegReason } from "@/lib/services/interfaces/read-reasons";
import { messagesHref, type PanelInput } from "./page-links";

/** Why deliveries failed, most frequent first, each leading to its messages. */
export function ReasonPanel({ page, time }: PanelInput) {
  const legNames = new Map(page.view.legs.map(({ leg }) => [leg.legId, leg.name]));
  const rows = page.reasons.filter(({ legId }) => !page.scope.one || page.scope.one.leg.legId === legId);
  const reach = reachOf({ page, time });
  return (
    <Panel
      title="Reasons"
      hint={`Failed deliveries by normalised reason${reach.since}${capOf({ rows, legNames })}`}
      state={rows.length > 0 ? ready : reach.none}
    >
      <DataTable
        caption="Reasons of failures"
        columns={columns({ legNames, time })}
        rows={rows}
        rowKey={({ legId, reason }) => `${legId}/${reason ?? ""}`}
        rowHref={({ legId, reason }) =>
          messagesHref({ page, time }, { leg: legId, outcome: "failed", reason: reason ?? undefined })
        }
      />
    </Panel>
  );
}

/** A leg that failed very often is counted back to a cap only: which, in words. */
function capOf({ rows, legNames }: CapInput): string {
  const capped = cappedLegs(rows);
  if (capped.length === 0) return "";
  const names = capped.map((legId) => legNames.get(legId) ?? "").join(", ");
  return `, of the newest ${formatCount(REASON_CAP)} failures of ${names}`;
}
type CapInput = { readonly rows: readonly LegReason[]; readonly legNames: ReadonlyMap<number, string> };

const ready: PanelState = { kind: "ready" };

/** Reasons are counted over messages, which are kept for a shorter time than the figures above: from when, in words. */
function reachOf({ page, time: { now, zone } }: PanelInput): Reach {
  const oldest = retainedFrom("deliveries", now);
  if (page.range.from >= oldest) {
    return { since: "", none: { kind: "empty", title: "Nothing failed in this time." } };
  }
  if (page.range.to <= oldest) {
    return {
      since: "",
      none: {
        kind: "empty",
        title: `Messages are kept for ${retentionDays.deliveries} days.`,
        why: "Figures and charts reach further back; reasons do not.",
      },
    };
  }
  const since = formatMoment({ at: oldest, zone, now });
  return {
    since: `, of messages kept: since ${since}`,
    none: { kind: "empty", title: `Nothing failed since ${since}; older messages are no longer kept.` },
  };
}
type Reach = { readonly since: string; readonly none: PanelState };

type ColumnInput = {
  readonly legNames: ReadonlyMap<number, string>;
  readonly time: PanelInput["time"];
};

function columns({ legNames, time: { now, zone } }: ColumnInput): readonly Column<LegReason>[] {
  return [
    {
      key: "reason",
      head: "Reason",
      phone: "title",
      cell: ({ reason }) => (reason ? reasonAdvice[reason].title : "No reason given"),
    },
    { key: "leg", head: "Leg", cell: ({ legId }) => legNames.get(legId) ?? "" },
    {
      key: "failed",
      head: "Failed",
      align: "end",
      phone: "value",
      cell: ({ failed }) => formatCount(failed),
    },
    {
      key: "first",
      head: "First",
      align: "end",
      from: "lg",
      cell: ({ firstAt }) => <Moment at={firstAt} now={now} zone={zone} show="absolute" />,
    },
    {
      key: "last",
      head: "Last",
      align: "end",
      cell: ({ lastAt }) => <Moment at={lastAt} now={now} zone={zone} show="absolute" />,
    },
  ];
}

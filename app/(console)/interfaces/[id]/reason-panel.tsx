import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import { Panel, type PanelState } from "@/components/ui/panel";
import { reasonAdvice } from "@/lib/core/message/next-step";
import type { LegReason } from "@/lib/services/interfaces/read-reasons";
import { messagesHref, type PanelInput } from "./page-links";

/** Why deliveries failed, most frequent first, each leading to its messages. */
export function ReasonPanel({ page, time }: PanelInput) {
  const legNames = new Map(page.view.legs.map(({ leg }) => [leg.legId, leg.name]));
  const rows = page.reasons.filter(({ legId }) => !page.scope.one || page.scope.one.leg.legId === legId);
  return (
    <Panel
      title="Reasons"
      hint="Failed deliveries by normalised reason"
      state={rows.length > 0 ? ready : none}
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

const ready: PanelState = { kind: "ready" };
const none: PanelState = { kind: "empty", title: "Nothing failed in this time." };

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

import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { Panel, type PanelState } from "@/components/ui/panel";
import type { InterfaceChange } from "@/lib/services/interfaces/list-changes";
import { changeWord } from "./chart-figures";
import type { PanelInput } from "./page-links";

/** What changed at the engine, newest first: the markers of the charts in words. */
export function ChangesPanel({ page: { changes }, time }: PanelInput) {
  return (
    <Panel
      title="Changes"
      hint="As the engine shows them; markers on the charts"
      state={changes.length > 0 ? ready : none}
    >
      <DataTable
        caption="Changes of this interface and its source"
        columns={columns(time)}
        rows={changes}
        rowKey={({ at, kind, detail }) => `${at.getTime()}/${kind}/${detail}`}
      />
    </Panel>
  );
}

const ready: PanelState = { kind: "ready" };
const none: PanelState = {
  kind: "empty",
  title: "Nothing changed in this time.",
  why: "Deployments, restarts and state changes are noted when the engine is read.",
};

function columns({ now, zone }: PanelInput["time"]): readonly Column<InterfaceChange>[] {
  return [
    { key: "at", head: "When", phone: "title", cell: ({ at }) => <Moment at={at} now={now} zone={zone} /> },
    {
      key: "what",
      head: "What",
      phone: "value",
      cell: ({ kind, isOfSource }) => `${isOfSource ? "source " : ""}${changeWord(kind)}`,
    },
    { key: "detail", head: "Detail", cell: ({ detail }) => detail },
  ];
}

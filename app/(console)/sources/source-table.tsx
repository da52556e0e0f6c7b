import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import type { SourceView } from "@/lib/services/sources/list-sources";
import { SourceButtons } from "./source-buttons";

/** Every source with its state, when it last answered and how much it still holds. */
export function SourceTable({
  sources,
  now,
}: {
  readonly sources: readonly SourceView[];
  readonly now: Date;
}) {
  return (
    <DataTable
      caption="Sources and their health"
      columns={columnsAt(now)}
      rows={sources}
      rowKey={({ id }) => String(id)}
    />
  );
}

function columnsAt(now: Date): readonly Column<SourceView>[] {
  return [
    { key: "name", head: "Source", cell: ({ name }) => name, phone: "title" },
    { key: "state", head: "State", cell: (source) => <SourceState source={source} />, phone: "value" },
    { key: "kind", head: "Kind", cell: ({ kindTitle }) => kindTitle },
    {
      key: "success",
      head: "Last success",
      cell: ({ lastSuccessAt }) =>
        lastSuccessAt ? <Moment at={lastSuccessAt} now={now} zone="UTC" show="relative" /> : "none yet",
    },
    { key: "backlog", head: "Backlog, items", align: "end", cell: ({ backlog }) => backlog ?? "unknown" },
    { key: "act", head: "", cell: ({ id, name, isPaused }) => <SourceButtons {...{ id, name, isPaused }} /> },
  ];
}

function SourceState({ source }: { readonly source: SourceView }) {
  if (source.isPaused) return <StatusWord state="excluded">Paused</StatusWord>;
  if (source.isCircuitOpen) return <StatusWord state="critical">Not answering</StatusWord>;
  if (source.lastSuccessAt === undefined) return <StatusWord state="unknown">Nothing read yet</StatusWord>;
  return <StatusWord state="ok">Reading</StatusWord>;
}

import { ReadingStateWord } from "@/components/source/reading-state";
import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import type { SourceView } from "@/lib/services/sources/list-sources";
import type { PageTime } from "../page-time";

type SourceTableProps = {
  readonly sources: readonly SourceView[];
  readonly time: Pick<PageTime, "now" | "zone">;
};

/** Every source with its state, when it last answered, how much it still holds and what could not be read. */
export function SourceTable({ sources, time }: SourceTableProps) {
  return (
    <DataTable
      caption="Sources and their health"
      columns={columnsAt(time)}
      rows={sources}
      rowKey={({ id }) => String(id)}
      rowHref={({ id }) => `/sources/${id}`}
      rowTone={({ state }) => toneOf(state)}
    />
  );
}

function columnsAt({ now, zone }: SourceTableProps["time"]): readonly Column<SourceView>[] {
  return [
    {
      key: "state",
      head: "State",
      cell: ({ state }) => <ReadingStateWord state={state} />,
      phone: "value",
      width: "10rem",
    },
    { key: "name", head: "Source", cell: ({ name }) => name, phone: "title" },
    { key: "kind", head: "Kind", cell: ({ kindTitle }) => kindTitle },
    {
      key: "success",
      head: "Last read",
      hint: "When something was last read or, from a source that sends by itself, last came in",
      align: "end",
      cell: ({ lastSuccessAt }) =>
        lastSuccessAt ? <Moment at={lastSuccessAt} now={now} zone={zone} show="relative" /> : "never",
    },
    {
      key: "backlog",
      head: "Backlog, items",
      hint: "What the source holds and has not been read; — where it does not tell",
      align: "end",
      cell: ({ backlog }) => formatCount(backlog ?? null),
    },
    {
      key: "complete",
      head: "Complete back to",
      align: "end",
      from: "lg",
      cell: ({ completeBackTo }) =>
        completeBackTo ? <Moment at={completeBackTo} now={now} zone={zone} show="absolute" /> : "—",
    },
    {
      key: "letters",
      head: "Dead letters",
      hint: "What came from the source and could not be stored",
      align: "end",
      cell: ({ openDeadLetters }) => formatCount(openDeadLetters),
    },
  ];
}

function toneOf(state: SourceView["state"]) {
  if (state === "not-answering" || state === "not-listening") return "critical";
  return state === "failing" || state === "late" ? "warning" : undefined;
}

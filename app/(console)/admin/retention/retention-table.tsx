import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import { retentionFacts } from "@/lib/core/retention/kinds";
import { formatDay, formatOffset } from "@/lib/core/time/format";
import type { RetentionRow } from "@/lib/services/retention/read-retention";
import type { PageTime } from "../../page-time";

type Time = Pick<PageTime, "now" | "zone">;

/** One kind of record a row: how long, why, from when on there is some, and what was deleted last. */
export function RetentionTable({
  rows,
  time,
}: {
  readonly rows: readonly RetentionRow[];
  readonly time: Time;
}) {
  return <DataTable caption="Retention" columns={columnsAt(time)} rows={rows} rowKey={({ kind }) => kind} />;
}

function columnsAt({ now, zone }: Time): readonly Column<RetentionRow>[] {
  const offset = formatOffset({ at: now, zone });
  return [
    {
      key: "kind",
      head: "Kind of record",
      phone: "title",
      cell: ({ kind }) => (
        <div className="py-1">
          {retentionFacts[kind].title}
          <div className="text-12 text-muted">{retentionFacts[kind].why}</div>
        </div>
      ),
    },
    {
      key: "kept",
      head: "Kept for",
      phone: "value",
      cell: ({ days }) => <span className="whitespace-nowrap">{keptFor(days)}</span>,
    },
    { key: "held", head: "Hold by", from: "xl", cell: ({ kind }) => retentionFacts[kind].heldBy },
    {
      key: "oldest",
      head: `Oldest now (${offset})`,
      cell: ({ oldest }) => (oldest ? <Moment at={oldest} now={now} zone={zone} show="absolute" /> : "none"),
    },
    {
      key: "next",
      head: `Next deletion (${offset})`,
      cell: (row) => <NextDeletion row={row} time={{ now, zone }} />,
    },
    {
      key: "last",
      head: "Last deletion",
      cell: ({ last }) => <LastDeletion last={last} time={{ now, zone }} />,
    },
  ];
}

function keptFor(days: number | undefined): string {
  if (days === undefined) return "always";
  return days < 366 * 2 ? `${days} days` : `${Math.floor(days / 366)} years`;
}

function NextDeletion({ row, time }: { readonly row: RetentionRow; readonly time: Time }) {
  if (row.isKeptLonger) return <StatusWord state="notice">Kept beyond its time</StatusWord>;
  if (row.nextDeletion === undefined) return "–";
  return <Moment at={row.nextDeletion} {...time} />;
}

function LastDeletion({ last, time }: { readonly last: RetentionRow["last"]; readonly time: Time }) {
  if (last === undefined) return "none yet";
  const day = (at: Date) => formatDay({ at, zone: "UTC" });
  const span = day(last.from) === day(last.to) ? day(last.from) : `${day(last.from)} – ${day(last.to)}`;
  return (
    <span>
      {formatCount(last.deleted)} of {span} UTC
      {last.held > 0 ? `, ${formatCount(last.held)} on hold` : ""}
      <span className="text-muted">
        {" · "}
        <Moment at={last.at} {...time} show="relative" />
      </span>
    </span>
  );
}

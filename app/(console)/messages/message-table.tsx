import { OutcomeWord } from "@/components/message/outcome-word";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { hrefOf } from "@/lib/core/href";
import { printPlace } from "@/lib/core/message/delivery-place";
import { reasonAdvice } from "@/lib/core/message/next-step";
import { formatDuration } from "@/lib/core/time/format";
import type { MessageRow } from "@/lib/services/messages/name-legs";

export type MessageTableProps<Row extends MessageRow> = {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly zone: string;
  readonly now: Date;
  /** Range parameters that links keep. */
  readonly params: Readonly<Record<string, string>>;
  /** Columns of the caller's own, after the time. */
  readonly more?: readonly Column<Row>[];
};

/** Deliveries, one a row: a message that goes to three destinations has four. */
export function MessageTable<Row extends MessageRow>(props: MessageTableProps<Row>) {
  const { caption, rows, zone, now, params, more = [] } = props;
  // Where all have failed, an edge on every row would point at nothing.
  const isMixed = rows.some(({ outcome }) => outcome !== "failed");
  return (
    <DataTable
      caption={caption}
      columns={columns({ zone, now, more })}
      rows={rows}
      rowKey={printPlace}
      rowHref={(row) => hrefOf(`/messages/${printPlace(row)}`, params)}
      rowTone={({ outcome }) => (isMixed && outcome === "failed" ? "critical" : undefined)}
    />
  );
}

function columns<Row extends MessageRow>({ zone, now, more }: ColumnInput<Row>): readonly Column<Row>[] {
  return [
    {
      key: "received",
      head: "Received",
      phone: "title",
      cell: ({ receivedAt }) => <Moment at={receivedAt} now={now} zone={zone} show="absolute" withSeconds />,
    },
    ...more,
    {
      key: "outcome",
      head: "Outcome",
      phone: "value",
      cell: ({ outcome, ackCode, firstOutcome }) => (
        <OutcomeWord outcome={outcome} ackCode={ackCode} isFirstFailed={firstOutcome === "failed"} />
      ),
    },
    { key: "leg", head: "Interface and leg", cell: (row) => <LegName row={row} /> },
    { key: "type", head: "Type", cell: ({ messageType }) => messageType },
    {
      key: "control",
      head: "Control id",
      from: "lg",
      cell: ({ controlId }) => <span className="whitespace-nowrap font-mono text-[0.92em]">{controlId}</span>,
    },
    {
      key: "reason",
      head: "Reason",
      cell: ({ reason, outcome }) => (reason && outcome !== "ok" ? reasonAdvice[reason].title : ""),
    },
    {
      key: "attempts",
      head: "Attempts",
      align: "end",
      from: "xl",
      cell: ({ attempts }) => attempts,
    },
    {
      key: "latency",
      head: "Latency",
      align: "end",
      from: "lg",
      cell: ({ latencyMs, clockSuspect }) => (clockSuspect ? "clocks differ" : formatDuration(latencyMs)),
    },
  ];
}
type ColumnInput<Row> = {
  readonly zone: string;
  readonly now: Date;
  readonly more: readonly Column<Row>[];
};

function LegName({ row }: { readonly row: MessageRow }) {
  return (
    <>
      {row.interface}
      <span className="text-muted">{row.direction === "source" ? " · in" : ` → ${row.leg}`}</span>
      {row.replayOf ? <span className="text-muted"> · replay</span> : null}
    </>
  );
}

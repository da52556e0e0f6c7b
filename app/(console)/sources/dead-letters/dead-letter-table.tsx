import { rejectReasonText } from "@/components/source/reject-reason";
import { CopyableId } from "@/components/ui/copyable-id";
import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import type { DeadLetter } from "@/lib/core/dead-letter/schema";
import type { PageTime } from "../../page-time";
import { LetterButtons } from "./letter-buttons";

type DeadLetterTableProps = {
  readonly letters: readonly DeadLetter[];
  readonly time: Pick<PageTime, "now" | "zone">;
  readonly mayRetry: boolean;
};

/** Dead letters, last seen first. What was sent stays closed; why it was refused does not need it. */
export function DeadLetterTable({ letters, time, mayRetry }: DeadLetterTableProps) {
  return (
    <DataTable
      caption="Dead letters, last seen first"
      columns={columnsAt(time, mayRetry)}
      rows={letters}
      rowKey={({ id }) => id}
    />
  );
}

function columnsAt(
  { now, zone }: DeadLetterTableProps["time"],
  mayRetry: boolean,
): readonly Column<DeadLetter>[] {
  return [
    { key: "reason", head: "Reason", phone: "title", cell: ({ reason }) => rejectReasonText(reason).title },
    {
      key: "detail",
      head: "Detail",
      cell: ({ detail, result }) => (
        <span className="break-words">
          {detail}
          {result ? <span className="block text-12 text-muted">Last try: {result}</span> : null}
        </span>
      ),
    },
    { key: "source", head: "Source", cell: ({ sourceName }) => sourceName },
    {
      key: "seen",
      head: "Last seen",
      phone: "value",
      cell: ({ lastSeen }) => <Moment at={lastSeen} now={now} zone={zone} show="absolute" />,
    },
    {
      key: "first",
      head: "First seen",
      from: "xl",
      cell: ({ firstSeen }) => <Moment at={firstSeen} now={now} zone={zone} show="absolute" />,
    },
    {
      key: "attempts",
      head: "Seen, times",
      align: "end",
      from: "lg",
      cell: ({ attempts }) => formatCount(attempts),
    },
    {
      key: "bytes",
      head: "Size, bytes",
      align: "end",
      from: "xl",
      cell: ({ payloadBytes }) => formatCount(payloadBytes),
    },
    { key: "id", head: "Number", from: "lg", cell: ({ id }) => <CopyableId value={id} kind="number" /> },
    {
      key: "act",
      head: "Actions",
      align: "end",
      cell: ({ id, state }) => (mayRetry && state === "open" ? <LetterButtons id={id} /> : null),
    },
  ];
}

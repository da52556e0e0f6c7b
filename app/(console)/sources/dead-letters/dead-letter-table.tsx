import { rejectReasonText } from "@/components/source/reject-reason";
import { CopyableId } from "@/components/ui/copyable-id";
import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import { ClaimWord } from "@/components/work/claim-word";
import type { DeadLetter } from "@/lib/core/dead-letter/schema";
import type { ClaimState } from "@/lib/core/work/claim";
import type { PageTime } from "../../page-time";
import { LetterButtons } from "./letter-buttons";

/** `claim` is undefined to whoever takes up no work. */
export type ClaimedLetter = DeadLetter & { readonly claim: ClaimState | undefined };

type DeadLetterTableProps = {
  readonly letters: readonly ClaimedLetter[];
  readonly time: Pick<PageTime, "now" | "zone">;
  readonly mayRetry: boolean;
};

/** Dead letters, last seen first. What was sent is open to whoever claims one, on its own page. */
export function DeadLetterTable({ letters, time, mayRetry }: DeadLetterTableProps) {
  return (
    <DataTable
      caption="Dead letters, last seen first"
      columns={columnsAt(time, mayRetry)}
      rows={letters}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/sources/dead-letters/${id}`}
    />
  );
}

function columnsAt(
  { now, zone }: DeadLetterTableProps["time"],
  mayRetry: boolean,
): readonly Column<ClaimedLetter>[] {
  return [
    {
      key: "reason",
      head: "Reason",
      phone: "title",
      cell: ({ id, reason }) => (
        <>
          {rejectReasonText(reason).title}
          <span className="sr-only">, letter {id}</span>
        </>
      ),
    },
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
      key: "claim",
      head: "Claimed by",
      cell: ({ claim, state }) =>
        claim !== undefined && state === "open" ? <ClaimWord state={claim} now={now} zone={zone} /> : null,
    },
    {
      key: "act",
      head: "Actions",
      align: "end",
      width: "12rem",
      cell: ({ id, state, claim }) =>
        mayRetry && state === "open" && claim?.kind !== "others" ? <LetterButtons id={id} /> : null,
    },
  ];
}

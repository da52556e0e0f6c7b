import { rejectReasonText } from "@/components/source/reject-reason";
import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import type { countDeadLetters } from "@/lib/services/dead-letters/count-dead-letters";
import type { PageTime } from "../../page-time";
import { type LetterQuery, letterHref } from "./letter-query";

type Count = Awaited<ReturnType<typeof countDeadLetters>>[number];
type ReasonCountsProps = {
  readonly counts: readonly Count[];
  readonly query: LetterQuery;
  readonly time: Pick<PageTime, "now" | "zone">;
};

/** How many there are for each source and reason; a row leads to exactly those. */
export function ReasonCounts({ counts, query, time }: ReasonCountsProps) {
  return (
    <DataTable
      caption="Dead letters by source and reason"
      columns={columnsAt(time)}
      rows={counts}
      rowKey={({ sourceId, reason }) => `${sourceId} ${reason}`}
      rowHref={({ sourceId, reason }) => letterHref({ ...query, sourceId, reason, after: undefined })}
    />
  );
}

function columnsAt({ now, zone }: ReasonCountsProps["time"]): readonly Column<Count>[] {
  return [
    { key: "reason", head: "Reason", phone: "title", cell: ({ reason }) => rejectReasonText(reason).title },
    { key: "source", head: "Source", cell: ({ sourceName }) => sourceName },
    {
      key: "letters",
      head: "Letters",
      phone: "value",
      align: "end",
      cell: ({ letters }) => formatCount(letters),
    },
    {
      key: "last",
      head: "Last seen",
      align: "end",
      cell: ({ lastSeen }) => <Moment at={lastSeen} now={now} zone={zone} show="relative" />,
    },
    {
      key: "help",
      head: "What helps",
      from: "xl",
      phone: "hidden",
      cell: ({ reason }) => rejectReasonText(reason).help,
    },
  ];
}

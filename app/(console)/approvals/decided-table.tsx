import { type Column, DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Moment } from "@/components/ui/moment";
import type { ApprovalOutcome } from "@/lib/core/approval/schema";
import type { RequestView } from "@/lib/services/approvals/read-inbox";
import type { PageTime } from "../page-time";

type Time = Pick<PageTime, "now" | "zone">;
type DecidedTableProps = { readonly requests: readonly RequestView[]; readonly time: Time };

/** What became of the newest hundred requests. */
export function DecidedTable({ requests, time }: DecidedTableProps) {
  if (requests.length === 0) return <EmptyState title="No request has been decided yet." />;
  return (
    <DataTable caption="Decided requests" columns={columnsAt(time)} rows={requests} rowKey={({ id }) => id} />
  );
}

const words: Readonly<Record<ApprovalOutcome, string>> = {
  approved: "Approved",
  declined: "Declined",
  withdrawn: "Taken back",
  void: "Nothing done",
  expired: "Expired, undone",
};

function deciderText({ decidedBy, decidedFor }: RequestView): string | undefined {
  return decidedFor === undefined ? decidedBy : `${decidedBy} for ${decidedFor}`;
}

function columnsAt({ now, zone }: Time): readonly Column<RequestView>[] {
  return [
    { key: "what", head: "What", phone: "title", cell: ({ sentences }) => sentences[0] },
    {
      key: "outcome",
      head: "Outcome",
      phone: "value",
      cell: ({ outcome }) => (outcome ? words[outcome] : null),
    },
    { key: "asked", head: "Asked for by", cell: ({ requester }) => requester },
    { key: "by", head: "Decided by", cell: deciderText },
    {
      key: "at",
      head: "When",
      cell: ({ decidedAt }) =>
        decidedAt ? <Moment at={decidedAt} now={now} zone={zone} show="absolute" /> : null,
    },
    { key: "why", head: "Reason", from: "lg", cell: ({ reason }) => reason },
  ];
}

import { healthWord, problemText } from "@/components/interface/problem-text";
import { type Column, DataTable, type TableSort } from "@/components/ui/data-table";
import { formatCount, formatRate } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import { hrefOf } from "@/lib/core/href";
import { formatDuration } from "@/lib/core/time/format";
import type { InterfaceRow } from "@/lib/services/overview/interface-row";
import type { PageTime } from "../page-time";

type InterfaceTableProps = {
  readonly rows: readonly InterfaceRow[];
  readonly time: PageTime;
  readonly sort: TableSort;
};

/** Interfaces with their figures; every column sorts. */
export function InterfaceTable({ rows, time, sort }: InterfaceTableProps) {
  return (
    <DataTable
      caption="Interfaces"
      columns={columns(time)}
      rows={rows}
      rowKey={({ of }) => String(of.interfaceId)}
      rowHref={({ of }) => hrefOf(`/interfaces/${of.interfaceId}`, time.params)}
      rowTone={({ health: { level } }) => (level === "critical" || level === "warning" ? level : undefined)}
      sort={sort}
    />
  );
}

function columns({ zone, now }: PageTime): readonly Column<InterfaceRow>[] {
  return [
    {
      key: "health",
      head: "State",
      sort: "desc",
      phone: "value",
      width: "8rem",
      cell: ({ health: { level, problems } }) => (
        <span title={problems[0] ? problemText(problems[0], { zone, now }) : undefined}>
          <StatusWord state={level}>{healthWord(level, problems[0])}</StatusWord>
        </span>
      ),
    },
    { key: "name", head: "Interface", sort: "asc", phone: "title", cell: ({ of }) => of.name },
    { key: "route", head: "Sender → receivers", from: "lg", cell: ({ of }) => <Route of={of} /> },
    { key: "class", head: "Class", from: "xl", cell: ({ of }) => of.messageClass ?? "" },
    { key: "owner", head: "Owner", from: "2xl", cell: ({ of }) => of.owner ?? of.department ?? "" },
    {
      key: "messages",
      head: "Messages",
      sort: "desc",
      align: "end",
      hint: "Coming in over the range",
      cell: ({ figures }) => formatCount(figures.messages),
    },
    {
      key: "failed",
      head: "Failed",
      sort: "desc",
      align: "end",
      hint: "Deliveries that failed in the end, on all legs",
      cell: ({ figures }) => formatCount(figures.failed),
    },
    {
      key: "failureRate",
      head: "Failure rate",
      sort: "desc",
      align: "end",
      hint: "failed / (ok + failed) on destinations",
      cell: ({ figures, usual }) => (
        <span title={usual.failureRate && `usually ${spanText(usual.failureRate, formatRate)}`}>
          {formatRate(figures.failureRate)}
        </span>
      ),
    },
    {
      key: "p95Ms",
      head: "p95",
      sort: "desc",
      align: "end",
      hint: "End to end, of the slowest destination",
      cell: ({ figures, usual }) => (
        <span title={usual.p95Ms && `usually ${spanText(usual.p95Ms, formatDuration)}`}>
          {formatDuration(figures.p95Ms)}
        </span>
      ),
    },
    {
      key: "queueDepth",
      head: "Queue",
      sort: "desc",
      align: "end",
      cell: ({ queueDepth }) => formatCount(queueDepth),
    },
    {
      key: "last",
      head: "Last message",
      sort: "asc",
      align: "end",
      from: "lg",
      cell: ({ lastReceivedAt }) =>
        lastReceivedAt ? <Moment at={lastReceivedAt} now={now} zone={zone} show="relative" /> : "never",
    },
  ];
}

function Route({ of: { sender, receivers } }: Pick<InterfaceRow, "of">) {
  if (sender === null && receivers.length === 0) return null;
  return (
    <span className="block max-w-72 truncate text-muted" title={receivers.join(", ")}>
      {sender ?? "?"} → {receivers.join(", ") || "?"}
    </span>
  );
}

function spanText(
  span: { readonly low: number; readonly high: number },
  format: (value: number) => string,
): string {
  return `${format(span.low)} to ${format(span.high)}`;
}

import Link from "next/link";
import { healthWord, problemText } from "@/components/interface/problem-text";
import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import { Sparkline } from "@/components/ui/sparkline";
import { StatusWord } from "@/components/ui/status-word";
import { unbrokenTimes } from "@/components/ui/unbroken-times";
import { hrefOf } from "@/lib/core/href";
import type { OverviewRow } from "@/lib/services/overview/read-overview";
import type { PageTime } from "../page-time";
import { figureColumns } from "./figure-columns";

/** The worst interfaces first: what is wrong, since when, and its figures against earlier. The rest is one click away. */
export function WorstFirstTable({ rows, time }: { rows: readonly OverviewRow[]; time: PageTime }) {
  const rest = rows.slice(MOST_ROWS);
  return (
    <>
      <DataTable
        caption="Interfaces, worst first"
        columns={columns(time)}
        rows={rows.slice(0, MOST_ROWS)}
        rowKey={({ of }) => String(of.interfaceId)}
        rowHref={({ of }) => hrefOf(`/interfaces/${of.interfaceId}`, time.params)}
        rowTone={({ health }) => (isAbnormal(health.level) ? health.level : undefined)}
      />
      {rest.length === 0 ? null : (
        <Link
          href={hrefOf("/interfaces", time.params)}
          prefetch={false}
          className="block px-3 py-2 text-link"
        >
          {restText(rest)}
        </Link>
      )}
    </>
  );
}

/** What one reads in the morning; a page of hundreds would be slow to make and slower to read. */
const MOST_ROWS = 30;

function restText(rest: readonly OverviewRow[]): string {
  const abnormal = rest.filter(({ health }) => isAbnormal(health.level)).length;
  const state = abnormal === 0 ? "none with a problem" : `${formatCount(abnormal)} of them with a problem`;
  return `${formatCount(rest.length)} more interfaces, ${state}`;
}

function isAbnormal(level: OverviewRow["health"]["level"]): level is "critical" | "warning" {
  return level === "critical" || level === "warning";
}

function columns(time: PageTime): readonly Column<OverviewRow>[] {
  const { zone, now } = time;
  return [
    {
      key: "state",
      head: "State",
      phone: "value",
      width: "7rem",
      cell: ({ health }) => (
        <StatusWord state={health.level}>{healthWord(health.level, health.problems[0])}</StatusWord>
      ),
    },
    {
      key: "name",
      head: "Interface",
      phone: "title",
      width: "13rem",
      cell: ({ of }) => <span title={of.source}>{of.name}</span>,
    },
    {
      key: "wrong",
      head: "What is wrong",
      cell: ({ health: { problems } }) =>
        problems[0] && unbrokenTimes(problemText(problems[0], { zone, now })),
    },
    ...figureColumns,
    {
      key: "last",
      head: "Last message",
      align: "end",
      from: "lg",
      phone: "hidden",
      hint: "When the last message came in: silent since",
      cell: ({ lastReceivedAt, of }) => {
        if (lastReceivedAt) return <Moment at={lastReceivedAt} now={now} zone={zone} show="relative" />;
        return of.isCountedOnly ? "—" : "never";
      },
    },
    {
      key: "spark",
      head: "Over time",
      from: "xl",
      phone: "hidden",
      hint: "Messages coming in over the range; the band is usual for these hours",
      cell: (row) => <Spark row={row} />,
    },
  ];
}

function Spark({ row }: { readonly row: OverviewRow }) {
  const highest = Math.max(0, ...row.spark.map((value) => value ?? 0));
  return (
    <Sparkline
      values={row.spark}
      width={80}
      label={`Messages coming in to ${row.of.name}, at most ${formatCount(highest)} a bucket`}
      {...(row.sparkUsual ? { usual: row.sparkUsual } : {})}
    />
  );
}

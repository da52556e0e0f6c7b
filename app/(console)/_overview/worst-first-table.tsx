import { ComparedCell } from "@/components/interface/compared-cell";
import { healthWord, problemText } from "@/components/interface/problem-text";
import { durationTrend, rateTrend, volumeTrend } from "@/components/interface/trends";
import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCompact, formatCount, formatRate } from "@/components/ui/format-number";
import { Moment } from "@/components/ui/moment";
import { Sparkline } from "@/components/ui/sparkline";
import { StatusWord } from "@/components/ui/status-word";
import { hrefOf } from "@/lib/core/href";
import { delayLimitMs, rateLimit } from "@/lib/core/interface/judge-leg";
import { formatDuration } from "@/lib/core/time/format";
import type { InterfaceRow } from "@/lib/services/overview/interface-row";
import type { OverviewRow } from "@/lib/services/overview/read-overview";
import type { PageTime } from "../page-time";

/** Every interface, worst first: what is wrong, since when, and its figures against earlier. */
export function WorstFirstTable({ rows, time }: { rows: readonly OverviewRow[]; time: PageTime }) {
  return (
    <DataTable
      caption="Interfaces, worst first"
      columns={columns(time)}
      rows={rows}
      rowKey={({ of }) => String(of.interfaceId)}
      rowHref={({ of }) => hrefOf(`/interfaces/${of.interfaceId}`, time.params)}
      rowTone={({ health }) =>
        health.level === "critical" || health.level === "warning" ? health.level : undefined
      }
    />
  );
}

const PREVIOUS = "previous period";
const LAST_WEEK = "same hours last week";

function columns(time: PageTime): readonly Column<OverviewRow>[] {
  const { zone, now } = time;
  return [
    {
      key: "state",
      head: "State",
      phone: "value",
      width: "7rem",
      cell: ({ health }) => <State row={health} />,
    },
    {
      key: "name",
      head: "Interface",
      phone: "title",
      cell: ({ of }) => <span title={of.source}>{of.name}</span>,
    },
    {
      key: "wrong",
      head: "What is wrong",
      cell: ({ health: { problems } }) => problems[0] && problemText(problems[0], { zone, now }),
    },
    {
      key: "since",
      head: "Since",
      from: "lg",
      cell: ({ health: { since } }) => since && <Moment at={since} now={now} zone={zone} show="absolute" />,
    },
    ...figureColumns,
    {
      key: "queue",
      head: "Queue",
      align: "end",
      hint: "Messages waiting, and how long the first has waited",
      cell: queueCell,
    },
    {
      key: "last",
      head: "Last message",
      align: "end",
      from: "lg",
      phone: "hidden",
      hint: "When the last message came in: silent since",
      cell: ({ lastReceivedAt }) =>
        lastReceivedAt ? <Moment at={lastReceivedAt} now={now} zone={zone} show="relative" /> : "never",
    },
    {
      key: "spark",
      head: "Messages",
      from: "2xl",
      phone: "hidden",
      width: "7rem",
      cell: (row) => <Spark row={row} />,
    },
  ];
}

const figureColumns: readonly Column<OverviewRow>[] = [
  {
    key: "failed",
    head: "Failed",
    align: "end",
    hint: "Deliveries that failed in the end, on all legs",
    cell: ({ figures }) => formatCount(figures.failed),
  },
  {
    key: "rate",
    head: "Failure rate",
    align: "end",
    hint: `failed / (ok + failed) on destinations; change against ${PREVIOUS}, then ${LAST_WEEK}`,
    cell: (row) => compared(row, { key: "failureRate", format: formatRate, trend: rateTrend }),
  },
  {
    key: "p95",
    head: "p95",
    align: "end",
    from: "lg",
    hint: `End to end, of the slowest destination; change against ${PREVIOUS}, then ${LAST_WEEK}`,
    cell: (row) => compared(row, { key: "p95Ms", format: formatDuration, trend: durationTrend }),
  },
  {
    key: "volume",
    head: "Messages/h",
    align: "end",
    from: "xl",
    phone: "hidden",
    hint: `Coming in; change against ${PREVIOUS}, then ${LAST_WEEK}`,
    cell: (row) => compared(row, { key: "perMinute", format: formatPerHour, trend: volumeTrend }),
  },
];

function State({ row }: { readonly row: OverviewRow["health"] }) {
  return <StatusWord state={row.level}>{healthWord(row.level, row.problems[0])}</StatusWord>;
}

type Compared = {
  readonly key: "failureRate" | "p95Ms" | "perMinute";
  readonly format: (value: number | null) => string;
  readonly trend: typeof rateTrend;
};

function compared({ figures, previous, lastWeek, usual }: InterfaceRow, { key, format, trend }: Compared) {
  const value = figures[key];
  const high = usual[key]?.high ?? null;
  const shared = { now: value, isUnusual: value !== null && value > limits[key](high) };
  const trends = [
    trend({ ...shared, before: previous[key], against: PREVIOUS }),
    trend({ ...shared, before: lastWeek[key], against: LAST_WEEK }),
  ];
  return (
    <ComparedCell value={value} trends={trends}>
      {format(value)}
    </ComparedCell>
  );
}

const limits: Readonly<Record<Compared["key"], (usualHigh: number | null) => number>> = {
  failureRate: rateLimit,
  p95Ms: (usualHigh) => (usualHigh === null ? Number.POSITIVE_INFINITY : delayLimitMs(usualHigh)),
  perMinute: () => Number.POSITIVE_INFINITY,
};

function formatPerHour(perMinute: number | null): string {
  return perMinute === null ? "—" : formatCompact(perMinute * 60);
}

function queueCell({ queueDepth, headAgeMs }: OverviewRow) {
  if (queueDepth === null) return <span className="text-muted">—</span>;
  const age = headAgeMs === null || queueDepth === 0 ? "" : ` · ${formatDuration(headAgeMs)}`;
  return `${formatCount(queueDepth)}${age}`;
}

function Spark({ row }: { readonly row: OverviewRow }) {
  const highest = Math.max(0, ...row.spark.map((value) => value ?? 0));
  return (
    <Sparkline
      values={row.spark}
      label={`Messages coming in to ${row.of.name}, at most ${formatCount(highest)} a bucket`}
      {...(row.sparkUsual ? { usual: row.sparkUsual } : {})}
    />
  );
}

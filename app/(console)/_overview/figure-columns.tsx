import { ComparedCell } from "@/components/interface/compared-cell";
import { formatPerHour } from "@/components/interface/per-hour";
import { depthTrend, durationTrend, rateTrend, volumeTrend } from "@/components/interface/trends";
import type { Column } from "@/components/ui/data-table";
import { formatCount, formatRate } from "@/components/ui/format-number";
import type { JudgedProblem } from "@/lib/core/interface/problem";
import { formatDuration } from "@/lib/core/time/format";
import type { OverviewRow } from "@/lib/services/overview/read-overview";

const PREVIOUS = "previous period";
const LAST_WEEK = "same hours last week";
const COMPARED = `change against the ${PREVIOUS}, then the ${LAST_WEEK}`;

/** The figures of an interface, each with its change against earlier. */
export const figureColumns: readonly Column<OverviewRow>[] = [
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
    hint: `failed / (ok + failed) on destinations; ${COMPARED}`,
    cell: (row) => compared(row, { key: "failureRate", format: formatRate, trend: rateTrend }),
  },
  {
    key: "p95",
    head: "p95",
    align: "end",
    from: "lg",
    hint: `End to end, of the slowest destination; ${COMPARED}`,
    cell: (row) => compared(row, { key: "p95Ms", format: formatDuration, trend: durationTrend }),
  },
  {
    key: "volume",
    head: "Messages/h",
    align: "end",
    from: "xl",
    phone: "hidden",
    hint: `Coming in; ${COMPARED}`,
    cell: (row) => compared(row, { key: "perMinute", format: formatPerHour, trend: volumeTrend }),
  },
  {
    key: "queue",
    head: "Queue",
    align: "end",
    hint: `Messages waiting, and how long the first has waited; ${COMPARED}`,
    cell: queueCell,
  },
];

type Compared = {
  readonly key: "failureRate" | "p95Ms" | "perMinute";
  readonly format: (value: number | null) => string;
  readonly trend: typeof rateTrend;
};

/** Only what was judged abnormal is coloured: figures always move a little. */
const problemsOf: Readonly<Record<Compared["key"], readonly JudgedProblem["kind"][]>> = {
  failureRate: ["failing", "fails_more"],
  p95Ms: ["slower"],
  perMinute: [],
};

function compared({ figures, previous, lastWeek, health }: OverviewRow, { key, format, trend }: Compared) {
  const isUnusual = health.problems.some(({ kind }) => problemsOf[key].includes(kind));
  const shared = { now: figures[key], isUnusual };
  const trends = [
    trend({ ...shared, before: previous[key], against: PREVIOUS }),
    trend({ ...shared, before: lastWeek[key], against: LAST_WEEK }),
  ];
  return (
    <ComparedCell value={figures[key]} trends={trends}>
      {format(figures[key])}
    </ComparedCell>
  );
}

function queueCell({ queueDepth, queueBefore, headAgeMs }: OverviewRow) {
  const shared = { now: queueDepth, isUnusual: false };
  const trends = [
    depthTrend({ ...shared, before: queueBefore.previous, against: PREVIOUS }),
    depthTrend({ ...shared, before: queueBefore.lastWeek, against: LAST_WEEK }),
  ];
  const age = headAgeMs === null || queueDepth === 0 ? "" : ` · ${formatDuration(headAgeMs)}`;
  return (
    <ComparedCell value={queueDepth} trends={trends}>
      {`${formatCount(queueDepth)}${age}`}
    </ComparedCell>
  );
}

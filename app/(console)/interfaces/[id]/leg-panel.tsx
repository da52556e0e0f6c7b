import { type Column, DataTable } from "@/components/ui/data-table";
import { formatCount, formatRate, formatRateChange } from "@/components/ui/format-number";
import { Panel } from "@/components/ui/panel";
import { hrefOf } from "@/lib/core/href";
import { totalOf } from "@/lib/core/metric/outcome-counts";
import { formatDuration } from "@/lib/core/time/format";
import type { LegRow } from "@/lib/services/interfaces/read-interface";
import type { PanelInput } from "./page-links";

/** Every leg by itself: what can fail on its own has figures of its own. */
export function LegPanel({ page, time }: PanelInput) {
  const { record, legs } = page.view;
  return (
    <Panel
      title="Legs"
      hint="The way in and every destination, with the shares of time before and after sending"
    >
      <DataTable
        caption="Legs of this interface"
        columns={columns}
        rows={legs}
        rowKey={({ leg }) => String(leg.legId)}
        rowHref={({ leg }) => hrefOf(`/interfaces/${record.interfaceId}`, time.params, { leg: leg.legId })}
      />
    </Panel>
  );
}

const columns: readonly Column<LegRow>[] = [
  {
    key: "name",
    head: "Leg",
    phone: "title",
    cell: ({ leg }) => (leg.direction === "source" ? `in · ${leg.name}` : `→ ${leg.name}`),
  },
  { key: "state", head: "State at the engine", cell: ({ leg }) => leg.state?.toLowerCase() ?? "not told" },
  {
    key: "all",
    head: "Deliveries",
    align: "end",
    cell: ({ counts }) => formatCount(counts && totalOf(counts)),
  },
  { key: "failed", head: "Failed", align: "end", cell: ({ counts }) => formatCount(counts?.failed ?? null) },
  {
    key: "first",
    head: "First attempt failed",
    align: "end",
    from: "xl",
    hint: "Deliveries whose first attempt failed, whatever became of them later",
    cell: ({ counts }) => formatCount(counts?.firstFailed ?? null),
  },
  {
    key: "rate",
    head: "Failure rate",
    align: "end",
    phone: "value",
    hint: "failed / (ok + failed), and its change against the previous period",
    cell: ({ failureRate, previousFailureRate }) => (
      <>
        {formatRate(failureRate)}
        {failureRate !== null && previousFailureRate !== null ? (
          <span className="ml-1.5 text-12 text-muted">
            {formatRateChange(failureRate - previousFailureRate)}
          </span>
        ) : null}
      </>
    ),
  },
  {
    key: "filtered",
    head: "Filtered",
    align: "end",
    from: "xl",
    cell: ({ counts }) => formatCount(counts?.filtered ?? null),
  },
  { key: "p50", head: "p50", align: "end", from: "lg", cell: ({ latency }) => formatDuration(latency.p50) },
  { key: "p95", head: "p95", align: "end", cell: ({ latency }) => formatDuration(latency.p95) },
  { key: "p99", head: "p99", align: "end", from: "lg", cell: ({ latency }) => formatDuration(latency.p99) },
  {
    key: "wait",
    head: "p95 until sent",
    align: "end",
    from: "xl",
    hint: "Waiting in queues and the engine's own work, until the message was sent",
    cell: ({ wait }) => formatDuration(wait.p95),
  },
  {
    key: "partner",
    head: "p95 of partner",
    align: "end",
    from: "xl",
    hint: "From sending to the partner's answer",
    cell: ({ partner }) => formatDuration(partner.p95),
  },
  {
    key: "queue",
    head: "Queue",
    align: "end",
    cell: ({ leg, headAgeMs }) =>
      `${formatCount(leg.queueDepth)}${headAgeMs === null ? "" : ` · ${formatDuration(headAgeMs)}`}`,
  },
];

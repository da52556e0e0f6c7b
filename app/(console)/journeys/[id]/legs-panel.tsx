import { type Column, DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { Journey, LegTaken } from "@/lib/core/journey/journey";
import { journeyLegs, legFacts } from "@/lib/core/journey/steps";
import { formatDuration } from "@/lib/core/time/format";
import type { PageTime } from "../../page-time";

type LegsPanelProps = { readonly journey: Journey; readonly time: PageTime };

/** How long each leg took, beside what it may take. */
export function LegsPanel({ journey, time: { now } }: LegsPanelProps) {
  const rows = journey.legs.filter(({ leg }) => leg !== "toAcknowledge" || journey.isCritical);
  return (
    <Panel
      title="Turnaround"
      hint="From one step to the next; a leg whose clocks disagree is marked and not counted"
    >
      <DataTable
        caption="How long each leg took"
        columns={columns(journey, now)}
        rows={rows}
        rowKey={({ leg }) => leg}
      />
    </Panel>
  );
}

function columns(journey: Journey, now: Date): readonly Column<LegTaken>[] {
  return [
    { key: "leg", head: "Leg", phone: "title", cell: ({ leg }) => legFacts[leg].title },
    {
      key: "took",
      head: "Took",
      align: "end",
      phone: "value",
      cell: (row) => tookText({ row, journey, now }),
    },
    { key: "may", head: "May take", align: "end", cell: ({ allowedMs }) => formatDuration(allowedMs) },
    {
      key: "state",
      head: "State",
      cell: (row) => (
        <LegState row={row} isStalled={isStalled({ row, journey, now })} isAhead={isAhead(row, journey)} />
      ),
    },
  ];
}

type LegInput = { readonly row: LegTaken; readonly journey: Journey; readonly now: Date };

function isStalled({ row, journey: { waiting }, now }: LegInput): boolean {
  return waiting?.leg === row.leg && waiting.dueAt < now;
}

function tookText({ row, journey: { waiting }, now }: LegInput): string {
  if (row.tookMs !== undefined) return formatDuration(row.tookMs);
  if (waiting?.leg !== row.leg) return "—";
  return `${formatDuration(Math.max(now.getTime() - waiting.since.getTime(), 0))} so far`;
}

/** Whether the leg is the one that is waited for, or comes after it. */
function isAhead(row: LegTaken, { waiting }: Journey): boolean {
  return waiting !== undefined && journeyLegs.indexOf(row.leg) >= journeyLegs.indexOf(waiting.leg);
}

type LegStateProps = { readonly row: LegTaken; readonly isStalled: boolean; readonly isAhead: boolean };

function LegState({ row, isStalled, isAhead: isYetToCome }: LegStateProps) {
  if (row.clocksApartMs !== undefined) {
    return <StatusWord state="notice">{`Clocks ${formatDuration(row.clocksApartMs)} apart`}</StatusWord>;
  }
  if (isStalled) return <StatusWord state="warning">Stalled</StatusWord>;
  if (row.tookMs === undefined)
    return <span className="text-muted">{isYetToCome ? "not yet" : "not seen"}</span>;
  return row.tookMs > row.allowedMs ? (
    <StatusWord state="warning">Late</StatusWord>
  ) : (
    <StatusWord state="ok">In time</StatusWord>
  );
}

import { eventTitles, objectTitles } from "@/components/journey/journey-words";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import { clockToleranceMs } from "@/lib/core/disclosure/coverage";
import type { JourneyEvent } from "@/lib/core/journey/events";
import type { ExamView } from "@/lib/services/journeys/read-exam";
import type { PageTime } from "../../page-time";

type TimelinePanelProps = { readonly view: ExamView; readonly time: PageTime };

/** All that happened, each by the clock of the system that says so. */
export function TimelinePanel({ view: { journey, sources }, time }: TimelinePanelProps) {
  const rows = journey.events.map((event, i) => ({ ...event, key: `${i}` }));
  return (
    <Panel
      title="Timeline"
      hint="By the clocks of the systems that say so; two systems may say the same at different times"
      state={rows.length > 0 ? { kind: "ready" } : { kind: "empty", title: "Nothing has been told yet." }}
    >
      <DataTable
        caption="What happened to this exam"
        columns={columns(sources, time)}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </Panel>
  );
}

function columns(
  sources: ExamView["sources"],
  { now, zone }: PageTime,
): readonly Column<JourneyEvent & { readonly key: string }>[] {
  return [
    {
      key: "at",
      head: "When",
      phone: "title",
      cell: ({ at }) => <Moment at={at} now={now} zone={zone} withSeconds />,
    },
    {
      key: "what",
      head: "What",
      phone: "value",
      cell: ({ kind, at }) =>
        at.getTime() > now.getTime() + clockToleranceMs ? (
          <StatusWord state="notice">{`${eventTitles[kind]}, ahead of our clock`}</StatusWord>
        ) : (
          eventTitles[kind]
        ),
    },
    { key: "source", head: "Told by", cell: ({ sourceId }) => sources[sourceId] ?? "a removed source" },
    { key: "object", head: "As", cell: ({ saidBy }) => objectTitles[saidBy] },
    {
      key: "control",
      head: "Control id",
      from: "lg",
      cell: ({ controlId }) =>
        controlId === undefined ? null : <span className="font-mono text-[0.92em]">{controlId}</span>,
    },
  ];
}

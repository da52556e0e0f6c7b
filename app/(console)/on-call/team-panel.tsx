import { type Column, DataTable } from "@/components/ui/data-table";
import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { Person, PlannedShift, TeamView } from "@/lib/services/on-call/read-on-call";
import { AskButton } from "../admin/ask-button";
import type { PageTime } from "../page-time";
import { endTeam, unplan } from "./actions";
import { AddShift } from "./add-shift";
import { ChannelList } from "./channel-list";
import { ImportRota } from "./import-rota";
import { TroubleList } from "./trouble-list";

/** One team: who is on call now, what is planned, where it has gaps, and how the team itself is told. */
export function TeamPanel({
  team,
  people,
  time,
}: {
  readonly team: TeamView;
  readonly people: readonly Person[];
  readonly time: PageTime;
}) {
  const { id, name, department, zone, now, shifts, mayWrite } = team;
  const zoned = { ...time, zone };
  return (
    <Panel
      title={name}
      hint={`${department ?? "Whole hospital"} · times in ${zone}`}
      actions={
        mayWrite ? (
          <>
            <AddShift teamId={id} people={people} />
            <ImportRota teamId={id} zone={zone} />
            <AskButton
              act={endTeam.bind(null, { id })}
              label="Remove"
              busyLabel="Removing…"
              title={`Remove ${name}`}
            >
              <p>Steps that name this team then meet nobody, and go on to the next.</p>
            </AskButton>
          </>
        ) : null
      }
    >
      <div className="flex flex-col gap-4">
        <KeyValueList
          items={[
            {
              key: "On call now",
              value:
                now.length === 0 ? (
                  <StatusWord state="warning">Nobody</StatusWord>
                ) : (
                  <StatusWord state="ok">{now.join(", ")}</StatusWord>
                ),
            },
          ]}
        />
        <TroubleList trouble={team.trouble} people={people} time={zoned} />
        {shifts.length > 0 ? (
          <DataTable
            caption={`Shifts of ${name}, next 14 days`}
            columns={columnsAt(zoned, mayWrite)}
            rows={shifts}
            rowKey={(shift) => shift.id}
          />
        ) : null}
        <ChannelList team={team} />
      </div>
    </Panel>
  );
}

function columnsAt({ now, zone }: PageTime, mayWrite: boolean): readonly Column<PlannedShift>[] {
  const moment = (at: Date) => <Moment at={at} now={now} zone={zone} show="absolute" />;
  const columns: readonly Column<PlannedShift>[] = [
    { key: "person", head: "Person", phone: "title", cell: ({ person }) => person },
    { key: "from", head: "From", phone: "value", cell: ({ from }) => moment(from) },
    { key: "until", head: "Until", cell: ({ until }) => moment(until) },
    { key: "kind", head: "Kind", cell: ({ isOverride }) => (isOverride ? "Override" : "Planned") },
  ];
  if (!mayWrite) return columns;
  return [
    ...columns,
    {
      key: "act",
      head: "Actions",
      align: "end",
      cell: ({ id, person }) => (
        <AskButton
          act={unplan.bind(null, { id })}
          label="Take off"
          busyLabel="Taking off…"
          title={`Take ${person} off call`}
        >
          <p>Nobody takes the place: look for a gap afterwards.</p>
        </AskButton>
      ),
    },
  ];
}

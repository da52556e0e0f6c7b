import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { SystemDetail } from "@/lib/services/estate/read-system";
import { AskButton } from "../../admin/ask-button";
import type { PageTime } from "../../page-time";
import { callOff } from "../actions";
import { PlanMaintenance } from "./plan-maintenance";

type Planned = SystemDetail["maintenance"][number];

/** When the system is not to be expected to work. */
export function MaintenancePanel({
  system: { id, maintenance },
  time,
  mayWrite,
}: {
  readonly system: SystemDetail;
  readonly time: PageTime;
  readonly mayWrite: boolean;
}) {
  return (
    <Panel
      title="Planned maintenance"
      hint="When it is not to be expected to work."
      actions={mayWrite ? <PlanMaintenance systemId={id} /> : null}
      state={maintenance.length === 0 ? { kind: "empty", title: "None is planned." } : { kind: "ready" }}
    >
      <DataTable
        caption="Planned maintenance"
        columns={columnsAt(time, mayWrite)}
        rows={maintenance}
        rowKey={({ id: key }) => key}
      />
    </Panel>
  );
}

function columnsAt({ now, zone }: PageTime, mayWrite: boolean): readonly Column<Planned>[] {
  const moment = (at: Date) => <Moment at={at} now={now} zone={zone} show="absolute" />;
  const columns: readonly Column<Planned>[] = [
    { key: "what", head: "What", phone: "title", cell: ({ what }) => what },
    { key: "from", head: "From", phone: "value", cell: ({ from }) => moment(from) },
    { key: "until", head: "Until", cell: ({ until }) => moment(until) },
  ];
  if (!mayWrite) return columns;
  return [
    ...columns,
    {
      key: "act",
      head: "Actions",
      align: "end",
      cell: ({ id, what }) => (
        <AskButton
          act={callOff.bind(null, { id })}
          label="Call off"
          busyLabel="Calling off…"
          title={`Call off: ${what}`}
        >
          <p>The system is then expected to work in that time.</p>
        </AskButton>
      ),
    },
  ];
}

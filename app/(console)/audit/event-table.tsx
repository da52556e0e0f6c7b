import { AuditOutcomeWord, auditActionTitles } from "@/components/audit/audit-outcome";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { printEventPlace } from "@/lib/core/audit/external-event";
import type { AuditEventRow } from "@/lib/services/external-audit/list-events";
import type { PageTime } from "../page-time";

type EventTableProps = {
  readonly rows: readonly AuditEventRow[];
  readonly time: PageTime;
  readonly hrefOfEvent: (event: AuditEventRow) => string;
};

/** Who did what to what, as the engines wrote it down. */
export function EventTable({ rows, time, hrefOfEvent }: EventTableProps) {
  return (
    <DataTable
      caption="Audit events of the engines"
      columns={columns(time)}
      rows={rows}
      rowKey={printEventPlace}
      rowHref={hrefOfEvent}
      rowTone={({ outcome }) => (outcome === "failure" ? "warning" : undefined)}
    />
  );
}

function columns({ now, zone }: PageTime): readonly Column<AuditEventRow>[] {
  return [
    {
      key: "at",
      head: "When",
      cell: ({ at }) => <Moment at={at} now={now} zone={zone} show="absolute" withSeconds />,
    },
    { key: "person", head: "Person", cell: (event) => personOf(event) },
    { key: "event", head: "Event", phone: "title", cell: ({ name }) => name },
    {
      key: "action",
      head: "Action",
      from: "lg",
      cell: ({ action }) => auditActionTitles[action],
    },
    { key: "object", head: "Object", cell: (event) => objectOf(event) },
    {
      key: "outcome",
      head: "Outcome",
      phone: "value",
      cell: ({ outcome }) => <AuditOutcomeWord outcome={outcome} />,
    },
    {
      key: "address",
      head: "Address, as claimed",
      from: "xl",
      hint: "The engine takes it from a header that any client can set",
      // Nothing at all where none is given, so that a phone leaves the heading out too.
      cell: ({ claimedAddress }) =>
        claimedAddress ? <span className="font-mono text-[0.92em]">{claimedAddress}</span> : null,
    },
    { key: "source", head: "Source", from: "2xl", cell: ({ source }) => source },
  ];
}

/** The name, or the bare number of a person that the engine no longer knows. */
export function personOf({ actorName, actorId }: AuditEventRow): string {
  return actorName ?? (actorId === null ? "not told" : `user ${actorId}`);
}

/** "channel ADT – EHR to hospital" */
export function objectOf({ objectType, objectName, objectId }: AuditEventRow): string {
  return [objectType, objectName ?? objectId].filter(Boolean).join(" ");
}

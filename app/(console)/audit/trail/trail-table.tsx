import { auditActionTitles } from "@/components/audit/audit-outcome";
import { LeafOutcomeWord } from "@/components/audit/leaf-outcome";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import type { TrailSort } from "@/lib/core/audit/trail-filter";
import type { TrailRow } from "@/lib/services/own-audit/list-trail";
import type { PageTime } from "../../page-time";
import type { TrailLinks } from "./trail-query";

type TrailTableProps = {
  readonly rows: readonly TrailRow[];
  readonly time: PageTime;
  readonly sort: TrailSort;
  readonly links: TrailLinks;
};

/** Who did what in Signalbox, and how it ended. */
export function TrailTable({ rows, time, sort, links }: TrailTableProps) {
  return (
    <DataTable
      caption="Audit trail of Signalbox"
      columns={columns(time)}
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={({ id }) => links.line(id)}
      rowTone={({ outcome }) => (outcome === "success" ? undefined : "warning")}
      sort={{ ...sort, hrefFor: links.sorted }}
    />
  );
}

function columns({ now, zone }: PageTime): readonly Column<TrailRow>[] {
  return [
    {
      key: "at",
      head: "When",
      sort: "desc",
      width: "11rem",
      cell: ({ at }) => <Moment at={at} now={now} zone={zone} show="absolute" withSeconds />,
    },
    { key: "person", head: "Who", sort: "asc", phone: "title", cell: actorText },
    { key: "action", head: "Action", sort: "asc", cell: ({ action }) => auditActionTitles[action] },
    {
      key: "entity",
      head: "Object",
      sort: "asc",
      cell: ({ entityType, entityId }) => (
        <span className="break-all">
          {entityType} <span className="font-mono text-[0.92em] text-muted">{entityId}</span>
        </span>
      ),
    },
    { key: "permission", head: "By right", from: "xl", cell: ({ permission }) => permission },
    {
      key: "outcome",
      head: "Outcome",
      sort: "asc",
      phone: "value",
      width: "6rem",
      cell: ({ outcome }) => <LeafOutcomeWord outcome={outcome} />,
    },
    {
      key: "block",
      head: "Block",
      align: "end",
      from: "lg",
      width: "5rem",
      hint: "The signed block that the line is sealed in",
      cell: ({ block }) => block ?? <span className="text-muted">waits</span>,
    },
  ];
}

/** The person's name, or what acted in its place. */
export function actorText({
  actorKind,
  actorId,
  actorName,
}: Pick<TrailRow, "actorKind" | "actorId" | "actorName">) {
  if (actorName !== null) return actorName;
  return actorKind === "user" ? `account ${actorId}, which is gone` : `${actorKind} ${actorId}`;
}

import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import type { HoldSubject, LegalHold } from "@/lib/core/retention/schema";
import { formatDay } from "@/lib/core/time/format";
import type { PageTime } from "../../page-time";
import { LiftHold } from "./lift-hold";

type Time = Pick<PageTime, "now" | "zone">;
type HoldTableProps = {
  readonly holds: readonly LegalHold[];
  /** Who looks, where that person may lift holds at all. */
  readonly liftable: { readonly by: string } | undefined;
  readonly time: Time;
};

/** Every hold, those that hold first. */
export function HoldTable({ holds, liftable, time }: HoldTableProps) {
  return (
    <DataTable
      caption="Legal holds"
      columns={columnsOf({ liftable, time })}
      rows={holds}
      rowKey={({ id }) => id}
    />
  );
}

function columnsOf({ liftable, time }: Omit<HoldTableProps, "holds">): readonly Column<LegalHold>[] {
  const { now, zone } = time;
  return [
    {
      key: "state",
      head: "State",
      phone: "value",
      width: "7rem",
      cell: ({ lifted }) =>
        lifted ? (
          <StatusWord state="excluded">Lifted</StatusWord>
        ) : (
          <StatusWord state="notice">On hold</StatusWord>
        ),
    },
    { key: "what", head: "What", phone: "title", cell: ({ subject }) => subjectText(subject) },
    { key: "why", head: "Why", cell: ({ reason }) => reason },
    {
      key: "placed",
      head: "Placed",
      cell: ({ placedBy, placedAt }) => (
        <span>
          {nameOf(placedBy)} · <Moment at={placedAt} now={now} zone={zone} show="absolute" />
        </span>
      ),
    },
    {
      key: "lifted",
      head: "Lifted",
      cell: ({ lifted }) =>
        lifted ? (
          <span>
            {nameOf(lifted.by)} · <Moment at={lifted.at} now={now} zone={zone} show="absolute" /> ·{" "}
            {lifted.reason}
          </span>
        ) : (
          "–"
        ),
    },
    {
      key: "act",
      head: "Actions",
      align: "end",
      cell: (hold) => {
        if (hold.lifted !== undefined || liftable === undefined) return null;
        if (hold.placedBy.id === liftable.by)
          return <span className="text-muted">Another person lifts it</span>;
        return <LiftHold id={hold.id} what={subjectText(hold.subject)} />;
      },
    },
  ];
}

function nameOf({ name }: { readonly name: string }): string {
  return name === "" ? "somebody whose account is gone" : name;
}

function subjectText(subject: HoldSubject): string {
  switch (subject.kind) {
    case "patient":
      return `Patient, reference ${subject.reference.slice(0, 12)}`;
    case "person":
      return `Person ${subject.person}`;
    case "period": {
      const day = (at: Date) => formatDay({ at, zone: "UTC" });
      // Half-open inside, both days included for people.
      return `Period ${day(subject.from)} – ${day(new Date(subject.to.getTime() - 1))}`;
    }
  }
}

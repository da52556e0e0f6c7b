import Link from "next/link";
import { type Column, DataTable } from "@/components/ui/data-table";
import { StatusWord } from "@/components/ui/status-word";
import type { SessionView } from "@/lib/services/users/list-sessions";
import { browserName } from "../../account/browser-name";
import { sessionColumns } from "../../account/session-columns";
import type { PageTime } from "../../page-time";
import { ActButton } from "../act-button";
import { endOne } from "./actions";

type SessionTableProps = {
  readonly sessions: readonly SessionView[];
  readonly time: Pick<PageTime, "now" | "zone">;
  /** Left out where all are of the one person that the page is about. */
  readonly showsPerson: boolean;
};

/** Signed-in browsers; each can be ended at once. */
export function SessionTable({ sessions, time, showsPerson }: SessionTableProps) {
  const columns = columnsAt(time).filter(({ key }) => showsPerson || key !== "person");
  return <DataTable caption="Sessions" columns={columns} rows={sessions} rowKey={({ id }) => id} />;
}

function columnsAt(time: SessionTableProps["time"]): readonly Column<SessionView>[] {
  return [
    {
      key: "person",
      head: "Person",
      phone: "title",
      cell: ({ person }) => <Link href={`/admin/people/${person.id}`}>{person.name}</Link>,
    },
    { key: "state", head: "State", width: "9rem", cell: ({ state }) => stateWords[state] },
    ...sessionColumns<SessionView>(time),
    {
      key: "act",
      head: "Actions",
      align: "end",
      phone: "value",
      cell: ({ id, person, userAgent }) => (
        <ActButton
          act={endOne.bind(null, { id, userId: person.id })}
          label="End"
          of={`End the session of ${person.name} in ${browserName(userAgent)}`}
          busyLabel="Ending…"
        />
      ),
    },
  ];
}

const stateWords = {
  open: <StatusWord state="ok">Open</StatusWord>,
  locked: <StatusWord state="excluded">Locked</StatusWord>,
  halfway: <StatusWord state="notice">Password only</StatusWord>,
} as const;

import { type Column, DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/panel";
import { listMySessions, type MySession } from "@/lib/auth/my-sessions";
import { ActButton } from "../admin/act-button";
import type { PageTime } from "../page-time";
import { endSession } from "./actions";
import { browserName } from "./browser-name";
import { sessionColumns } from "./session-columns";

type Time = Pick<PageTime, "now" | "zone">;

/** Where I am signed in; each can be ended at once. */
export async function SessionsPanel({ time }: { readonly time: Time }) {
  const sessions = await listMySessions(time.now);
  return (
    <Panel
      title="My sessions"
      hint="A session locks after 30 minutes without use, and ends after 12 hours in any case."
    >
      <DataTable caption="My sessions" columns={columnsAt(time)} rows={sessions} rowKey={({ id }) => id} />
    </Panel>
  );
}

function columnsAt(time: Time): readonly Column<MySession>[] {
  return [
    ...sessionColumns<MySession>(time),
    {
      key: "act",
      head: "Actions",
      align: "end",
      phone: "value",
      cell: (session) =>
        session.isThisOne ? (
          <span className="text-muted">This one</span>
        ) : (
          <ActButton
            act={endSession.bind(null, session.id)}
            label="End"
            of={`End the session in ${browserName(session.userAgent)}`}
            busyLabel="Ending…"
          />
        ),
    },
  ];
}

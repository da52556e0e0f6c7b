import { Panel } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { listSessions } from "@/lib/services/users/list-sessions";
import type { PageTime } from "../../../page-time";
import { AskButton } from "../../ask-button";
import { endAll } from "../../sessions/actions";
import { SessionTable } from "../../sessions/session-table";

type SessionsPanelProps = {
  readonly actor: Actor;
  readonly person: { readonly id: string; readonly name: string };
  readonly time: Pick<PageTime, "now" | "zone">;
};

/** Where a person is signed in. */
export async function SessionsPanel({ actor, person, time }: SessionsPanelProps) {
  const sessions = await listSessions(actor, { userId: person.id });
  return (
    <Panel
      title="Sessions"
      hint="A session locks after 30 minutes without use, and ends after 12 hours in any case."
      actions={
        sessions.length === 0 ? null : (
          <AskButton
            act={endAll.bind(null, { userId: person.id })}
            label="End all sessions"
            busyLabel="Ending…"
            title={`End all sessions of ${person.name}`}
          >
            <p>
              Every page of theirs is covered at once. They may sign in again, unless the account is disabled.
            </p>
          </AskButton>
        )
      }
      state={sessions.length === 0 ? { kind: "empty", title: "Not signed in anywhere." } : { kind: "ready" }}
    >
      <SessionTable sessions={sessions} time={time} showsPerson={false} />
    </Panel>
  );
}

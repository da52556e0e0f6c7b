import { Callout } from "@/components/ui/banner";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { actorId } from "@/lib/core/authz/actor";
import type { Inbox } from "@/lib/services/approvals/read-inbox";
import { ActButton } from "../admin/act-button";
import type { PageTime } from "../page-time";
import { endMyDeputy } from "./actions";
import { NameDeputy } from "./name-deputy";

type DeputyPanelProps = { readonly inbox: Inbox; readonly actor: Actor; readonly time: PageTime };

/** Who decides for whom now, and whether there are enough who could. */
export function DeputyPanel({ inbox, actor, time: { now, zone } }: DeputyPanelProps) {
  const { deputies, candidates, shortKinds } = inbox;
  const mine = deputies.find(({ approver }) => approver.id === actorId(actor));
  return (
    <Panel
      title="Deputies"
      hint="Decide for an approver who is away; never on what either of them asked for."
      actions={
        candidates.length === 0 ? null : mine ? (
          <ActButton act={endMyDeputy} label="Decide myself again" busyLabel="Changing…" />
        ) : (
          <NameDeputy candidates={candidates} />
        )
      }
      state={
        deputies.length > 0 || shortKinds.length > 0
          ? { kind: "ready" }
          : { kind: "empty", title: "Nobody has a deputy." }
      }
    >
      {shortKinds.length > 0 ? (
        <Callout tone="warning" title="Fewer than two people can decide">
          This concerns: {shortKinds.join("; ")}. Give a second person the role of administrator; until then
          some of it is done by one alone and recorded as such, the rest not at all.
        </Callout>
      ) : null}
      <ul>
        {deputies.map(({ id, approver, deputy, untilAt }) => (
          <li key={id} className="border-b border-line py-2">
            {deputy.name} for {approver.name}
            <span className="text-muted">
              {" "}
              until <Moment at={untilAt} now={now} zone={zone} show="absolute" />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

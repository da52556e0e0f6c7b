import { channelWords } from "@/components/notice/channel-words";
import type { TeamView } from "@/lib/services/on-call/read-on-call";
import { ActButton } from "../admin/act-button";
import { AskButton } from "../admin/ask-button";
import { endChannel, testChannel } from "./actions";
import { AddTeamChannel } from "./add-team-channel";

/** How the team itself is told, beside whoever is on call in it. */
export function ChannelList({ team: { id, channels, mayWrite } }: { readonly team: TeamView }) {
  if (channels.length === 0 && !mayWrite) return null;
  return (
    <div className="flex flex-col gap-2">
      {channels.map(({ id: channelId, kind, name, hint }) => (
        <div key={channelId} className="flex flex-wrap items-center gap-2">
          <span>
            {name}{" "}
            <span className="text-muted">
              · {channelWords[kind]}, {hint}
            </span>
          </span>
          {mayWrite ? (
            <>
              <ActButton
                act={testChannel.bind(null, { id: channelId })}
                label="Send a test"
                of={`Send a test through ${name}`}
                busyLabel="Sending…"
                done="It is on its way."
              />
              <AskButton
                act={endChannel.bind(null, { id: channelId })}
                label="Remove"
                busyLabel="Removing…"
                title={`Remove ${name}`}
              >
                <p>What waits to go out through it is not sent.</p>
              </AskButton>
            </>
          ) : null}
        </div>
      ))}
      {mayWrite ? (
        <div>
          <AddTeamChannel teamId={id} />
        </div>
      ) : null}
    </div>
  );
}

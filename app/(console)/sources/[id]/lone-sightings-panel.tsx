import { formatCount } from "@/components/ui/format-number";
import { Panel, type PanelState } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { type LoneSightingsView, listLoneSightings } from "@/lib/services/messages/list-lone-sightings";
import { MessageTable } from "../../messages/message-table";
import type { PageTime } from "../../page-time";

type LoneSightingsPanelProps = {
  readonly actor: Actor;
  readonly sourceId: number;
  readonly time: PageTime;
};

/** Messages that came over this port and that no other source has: the engine beside it did not see them. */
export async function LoneSightingsPanel({ actor, sourceId, time }: LoneSightingsPanelProps) {
  const found = await listLoneSightings(actor, { id: sourceId });
  return (
    <Panel
      title="Seen only here"
      hint={`Among the newest ${formatCount(found.checked)} messages of the last day, by control id; the last 15 minutes are left out`}
      state={stateOf(found)}
    >
      <MessageTable
        caption="Messages that no other source has"
        rows={found.lone}
        params={time.params}
        zone={time.zone}
        now={time.now}
      />
    </Panel>
  );
}

function stateOf({ checked, shared, lone }: LoneSightingsView): PanelState {
  if (checked === 0) {
    return {
      kind: "empty",
      title: "No message to compare yet.",
      why: "Messages are compared after 15 minutes.",
    };
  }
  if (shared === 0) {
    const why =
      "Connect the engine beside it, and let it keep MSH-10 in a column that is confirmed as control id; then what only the port saw stands here.";
    return { kind: "empty", title: "No other source has any of these messages.", why };
  }
  if (lone.length > 0) return { kind: "ready" };
  return { kind: "empty", title: "Every message was seen elsewhere too." };
}

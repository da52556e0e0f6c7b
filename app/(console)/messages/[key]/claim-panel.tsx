import { Panel } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { can } from "@/lib/core/authz/policy";
import { printPlace } from "@/lib/core/message/delivery-place";
import { readClaimStates } from "@/lib/services/work/list-claims";
import { MessageClaim } from "./message-claim";
import type { MessagePanelInput } from "./track-panel";

/** Work on a delivery that failed: nothing where it did not, or the person takes up no work. */
export async function ClaimPanel({ actor, view, time }: MessagePanelInput & { readonly actor: Actor }) {
  const { leg, delivery } = view.chosen;
  if (delivery.outcome !== "failed" || !can(actor, "work.claim")) return null;
  if (contentAccess(actor).kind === "closed") return null;
  const place = { legId: leg.legId, receivedAt: delivery.receivedAt, id: delivery.id };
  const [state] = await readClaimStates(actor, { kind: "failed-message", ids: [printPlace(place)] });
  return state === undefined ? null : (
    <Panel title="Work on this failure" hint="One person at a time, with the message in full">
      <MessageClaim place={place} state={state} time={time} />
    </Panel>
  );
}

import { LinkButton } from "@/components/ui/button";
import type { Actor } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import { replayHref } from "@/lib/core/replay/href";
import type { MessagePanelInput } from "./track-panel";

/** Leads on to sending the chosen delivery again, where it failed at a destination and this person may. */
export function SendAgain({ actor, view }: Pick<MessagePanelInput, "view"> & { readonly actor: Actor }) {
  const { delivery } = view.chosen;
  const isOffered = delivery.outcome === "failed" && view.chosen.leg.direction === "destination";
  if (!isOffered || !can(actor, "replay.request")) return null;
  return <LinkButton href={replayHref([delivery])}>Send again</LinkButton>;
}

import { type Actor, actorId } from "@/lib/core/authz/actor";
import { type DeliveryPlace, printPlace } from "@/lib/core/message/delivery-place";
import { findLiveDisclosure } from "@/lib/db/disclosures";
import { findOwnClaim } from "@/lib/services/work/find-claims";

/** By what, and until when, the values of a message are open to this person: a reason they stated, or the failed delivery they claimed. */
export async function findOpening(
  actor: Actor,
  place: DeliveryPlace,
  now: Date,
): Promise<{ readonly id: string; readonly expiresAt: Date } | undefined> {
  const [stated, claim] = await Promise.all([
    findLiveDisclosure({ userId: actorId(actor), place, now }),
    findOwnClaim(actor, { kind: "failed-message", id: printPlace(place) }, now),
  ]);
  return claim === undefined ? stated : { id: claim.claimId, expiresAt: claim.expiresAt };
}

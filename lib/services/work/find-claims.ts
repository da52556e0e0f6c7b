import { type Actor, actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import type { OpenClaim, WorkItem } from "@/lib/core/work/claim";
import { findOpenClaims } from "@/lib/db/work-claims";

/** The claim by which an item is open to this person now; undefined where they have none. */
export async function findOwnClaim(actor: Actor, item: WorkItem, now: Date): Promise<OpenClaim | undefined> {
  const claim = (await findOpenClaims(item.kind, [item.id])).get(item.id);
  return claim !== undefined && claim.userId === actorId(actor) && claim.expiresAt > now ? claim : undefined;
}

/** Lets nobody settle what another person is working on. Programs of the product may. @throws AppError conflict */
export async function refuseOthersClaim(actor: Actor, item: WorkItem, now: Date): Promise<void> {
  if (actor.kind !== "user") return;
  const claim = (await findOpenClaims(item.kind, [item.id])).get(item.id);
  if (claim !== undefined && claim.userId !== actor.id && claim.expiresAt > now) {
    throw new AppError("conflict", "Somebody else has claimed this item.");
  }
}

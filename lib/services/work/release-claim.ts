import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { printItem } from "@/lib/core/work/claim";
import { claimRefSchema } from "@/lib/core/work/schema";
import { endClaim, lockOwnClaim } from "@/lib/db/work-claims";
import { command } from "@/lib/services/command";

/** Gives one's own claim back: its record is closed at once, and others may take it up. Input: { claimId }. @throws AppError forbidden | bad_request | not_found when it is over or somebody else's */
export const releaseClaim = command({
  permission: "work.claim",
  input: claimRefSchema,
  run: async ({ tx, actor, input: { claimId }, now }) => {
    const claim = await lockOwnClaim(tx, { claimId, userId: actorId(actor), now });
    if (claim === undefined) throw new AppError("not_found", "This claim is over.");
    await endClaim(tx, { claimId, now });
    return claim;
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "work-claim",
    entityId: printItem(result),
    detail: { grant: input.claimId, state: "released" },
  }),
});

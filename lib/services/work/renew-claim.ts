import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { claimUntil, printItem } from "@/lib/core/work/claim";
import { claimRefSchema } from "@/lib/core/work/schema";
import { lockOwnClaim, prolongClaim } from "@/lib/db/work-claims";
import { command } from "@/lib/services/command";

/**
 * Lets one's own claim last for another half an hour from now, up to four hours in all. Input: { claimId }.
 * @throws AppError forbidden | bad_request | not_found when it is over or somebody else's | conflict when it cannot last longer
 */
export const renewClaim = command({
  permission: "work.claim",
  input: claimRefSchema,
  run: async ({ tx, actor, input: { claimId }, now }) => {
    const claim = await lockOwnClaim(tx, { claimId, userId: actorId(actor), now });
    if (claim === undefined) throw new AppError("not_found", "This claim is over.");
    const expiresAt = claimUntil(claim.claimedAt, now);
    if (expiresAt <= claim.expiresAt) {
      throw new AppError(
        "conflict",
        "A claim ends after four hours. Release it, and claim anew if you must.",
      );
    }
    await prolongClaim(tx, { claimId, now, expiresAt });
    return { ...claim, expiresAt };
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "work-claim",
    entityId: printItem(result),
    detail: { grant: input.claimId, until: result.expiresAt.toISOString() },
  }),
});

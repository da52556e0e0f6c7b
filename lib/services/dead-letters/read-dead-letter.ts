import { contentAccess } from "@/lib/core/authz/content-policy";
import { deadLetterRefSchema } from "@/lib/core/dead-letter/schema";
import { openingSigns } from "@/lib/core/disclosure/opening-signs";
import { remainingMs } from "@/lib/core/disclosure/values-grant";
import { AppError } from "@/lib/core/errors";
import { noteSigns } from "@/lib/services/disclosure/note-signs";
import { query } from "@/lib/services/query";
import { findOwnClaim } from "@/lib/services/work/find-claims";
import { workReach } from "@/lib/services/work/work-kinds";
import { openLetter } from "./open-letter";

/**
 * What was sent, in clear, while this person has claimed the dead letter. Not noted again: the line of `claimItem` in the
 * audit trail says until when. The first look notes how the patient relates to the reader. Input: { id }.
 * @throws AppError forbidden | bad_request | not_found | not_available without a claim, or while content is closed
 */
export const readDeadLetter = query({
  permission: "work.claim",
  input: deadLetterRefSchema,
  disclosesPhi: false,
  run: async ({ actor, input: { id }, now }) => {
    const access = contentAccess(actor);
    if (access.kind === "closed") throw new AppError("not_available", access.why);
    const claim = await findOwnClaim(actor, { kind: "dead-letter", id }, now);
    if (claim === undefined || actor.kind !== "user") {
      throw new AppError("not_available", "Claim this dead letter to see what is in it.");
    }
    const { payload } = await openLetter(id, workReach(actor, "dead-letter"));
    await noteSigns(claim.claimId, openingSigns([payload], actor.name));
    return { payload, remainingMs: remainingMs(claim.expiresAt, now) };
  },
});

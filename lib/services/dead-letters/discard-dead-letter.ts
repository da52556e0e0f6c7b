import { discardDeadLetterSchema } from "@/lib/core/dead-letter/schema";
import { AppError } from "@/lib/core/errors";
import { findDeadLetter, settleDeadLetter } from "@/lib/db/dead-letter-queue";
import { endClaimOfItem } from "@/lib/db/work-claims";
import { command } from "@/lib/services/command";
import { refuseOthersClaim } from "@/lib/services/work/find-claims";

/**
 * Takes a dead letter out of the open ones for good; it stays readable. Input: { id, because }.
 * @throws AppError not_found | conflict when it is not open, or another person has claimed it
 */
export const discardDeadLetter = command({
  permission: "dead-letter.retry",
  input: discardDeadLetterSchema,
  run: async ({ tx, actor, input, now, reach }) => {
    const letter = await findDeadLetter(input.id, reach);
    if (letter === undefined) throw new AppError("not_found", "There is no such dead letter.");
    if (letter.state !== "open") throw new AppError("conflict", "This dead letter is settled already.");
    const item = { kind: "dead-letter", id: input.id } as const;
    await refuseOthersClaim(actor, item, now);
    await settleDeadLetter(tx, { id: input.id, state: "discarded", result: input.because, now });
    await endClaimOfItem(tx, { ...item, now });
    return { id: input.id, sourceId: letter.sourceId, reason: letter.reason };
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "dead_letter",
    entityId: result.id,
    detail: { sourceId: result.sourceId, reason: result.reason, because: input.because, state: "discarded" },
  }),
});

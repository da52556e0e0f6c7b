import { discardDeadLetterSchema } from "@/lib/core/dead-letter/schema";
import { AppError } from "@/lib/core/errors";
import { findDeadLetter, settleDeadLetter } from "@/lib/db/dead-letter-queue";
import { command } from "@/lib/services/command";

/**
 * Takes a dead letter out of the open ones for good; it stays readable. Input: { id, because }.
 * @throws AppError not_found | conflict when it is not open
 */
export const discardDeadLetter = command({
  permission: "dead-letter.retry",
  input: discardDeadLetterSchema,
  run: async ({ tx, input, now, reach }) => {
    const letter = await findDeadLetter(input.id, reach);
    if (letter === undefined) throw new AppError("not_found", "There is no such dead letter.");
    if (letter.state !== "open") throw new AppError("conflict", "This dead letter is settled already.");
    await settleDeadLetter(tx, { id: input.id, state: "discarded", result: input.because, now });
    return { id: input.id, sourceId: letter.sourceId, reason: letter.reason };
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "dead_letter",
    entityId: result.id,
    detail: { sourceId: result.sourceId, reason: result.reason, because: input.because, state: "discarded" },
  }),
});

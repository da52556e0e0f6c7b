import { type DeadLetter, deadLetterRefSchema } from "@/lib/core/dead-letter/schema";
import { AppError } from "@/lib/core/errors";
import { findDeadLetter } from "@/lib/db/dead-letter-queue";
import { query } from "@/lib/services/query";

/** One dead letter without what was sent. Input: { id }. @throws AppError forbidden | bad_request | not_found */
export const findLetter = query({
  permission: "dead-letter.read",
  input: deadLetterRefSchema,
  disclosesPhi: false,
  run: async ({ input, reach }): Promise<DeadLetter> => {
    const letter = await findDeadLetter(input.id, reach);
    if (letter === undefined) throw new AppError("not_found", "There is no such dead letter.");
    const { keyId: _keyId, payload: _sealed, ...rest } = letter;
    return rest;
  },
});

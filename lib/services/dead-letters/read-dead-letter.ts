import { type DeadLetter, deadLetterRefSchema } from "@/lib/core/dead-letter/schema";
import { query } from "@/lib/services/query";
import { openLetter } from "./open-letter";

/**
 * One dead letter with what was sent, decrypted. It may hold patient data: every reading is audited first.
 * Input: { id }. @throws AppError not_found
 */
export const readDeadLetter = query({
  permission: "message.content",
  input: deadLetterRefSchema,
  disclosesPhi: ({ id }) => ({ action: "R", entityType: "dead_letter", entityId: id }),
  run: async ({ input }): Promise<DeadLetter & { readonly payload: string }> => {
    const { letter, payload } = await openLetter(input.id);
    const { keyId: _keyId, payload: _sealed, ...rest } = letter;
    return { ...rest, payload };
  },
});

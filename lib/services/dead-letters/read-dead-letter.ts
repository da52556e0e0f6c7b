import type { Actor } from "@/lib/core/authz/actor";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { type DeadLetter, deadLetterRefSchema } from "@/lib/core/dead-letter/schema";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/services/query";
import { openLetter } from "./open-letter";

/**
 * One dead letter with what was sent, decrypted. It may hold patient data: it is closed where message content is, and
 * every reading is audited first. Input: { id }. @throws AppError not_available | forbidden | not_found
 */
export async function readDeadLetter(actor: Actor, rawInput: unknown): Promise<OpenedLetter> {
  const access = contentAccess(actor);
  // Before the builder, which would put a disclosure on record that did not happen.
  if (access.kind === "closed") throw new AppError("not_available", access.why);
  return read(actor, rawInput);
}

type OpenedLetter = DeadLetter & { readonly payload: string };

const read = query({
  permission: "message.content",
  input: deadLetterRefSchema,
  disclosesPhi: ({ id }) => ({ action: "R", entityType: "dead_letter", entityId: id }),
  run: async ({ input, reach }): Promise<OpenedLetter> => {
    const { letter, payload } = await openLetter(input.id, reach);
    const { keyId: _keyId, payload: _sealed, ...rest } = letter;
    return { ...rest, payload };
  },
});

import type { Reach } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { open } from "@/lib/crypto/seal";
import { findDeadLetter, type SealedLetter } from "@/lib/db/dead-letter-queue";
import { DEAD_LETTER_PURPOSE } from "@/lib/ingest/keep-rejects";

/** A letter with its payload in clear, for the verb that needs it. @throws AppError not_found */
export async function openLetter(
  id: string,
  reach: Reach,
): Promise<{ readonly letter: SealedLetter; readonly payload: string }> {
  const letter = await findDeadLetter(id, reach);
  if (letter === undefined) throw new AppError("not_found", "There is no such dead letter.");
  const payload = open({ keyId: letter.keyId, bytes: letter.payload }, DEAD_LETTER_PURPOSE).toString("utf8");
  return { letter, payload };
}

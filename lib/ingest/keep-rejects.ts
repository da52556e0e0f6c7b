import { createHash } from "node:crypto";
import type { Reject } from "@/lib/core/message/schema";
import { seal } from "@/lib/crypto/seal";
import { keepDeadLetters } from "@/lib/db/dead-letters";

/** What the payload of a dead letter is bound to. */
export const DEAD_LETTER_PURPOSE = "dead-letter";

/** Seals and keeps what could not be stored; answers with the dead letter's id for each, in order. */
export function keepRejects(ask: {
  readonly sourceId: number;
  readonly rejects: readonly Reject[];
  readonly now: Date;
}): Promise<readonly string[]> {
  const letters = ask.rejects.map((reject) => {
    const { keyId, bytes } = seal(reject.payload, DEAD_LETTER_PURPOSE);
    return {
      reason: reject.reason,
      detail: reject.detail,
      digest: createHash("sha256").update(reject.payload).digest(),
      contentKind: reject.contentKind,
      keyId,
      payload: bytes,
    };
  });
  return keepDeadLetters({ sourceId: ask.sourceId, letters, now: ask.now });
}

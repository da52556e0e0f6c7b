import { z } from "zod";
import type { Actor } from "@/lib/core/authz/actor";
import { addSigningKey, newSigningKey, signingKeys } from "@/lib/crypto/signing-key";
import { command } from "@/lib/services/command";
import { sealTrail } from "./seal-trail";
import { witnessNow } from "./witness-head";

/**
 * Makes a new key that signs the audit trail from now on. The line that names it is sealed by the key before, so that the
 * trail itself vouches for its successor; earlier keys stay, to check what they signed. Answers with the new key's id.
 * @throws AppError forbidden | internal when the file of signing keys cannot be replaced
 */
export async function rotateSigningKey(actor: Actor): Promise<{ readonly keyId: string }> {
  const key = newSigningKey();
  await announceKey(actor, { keyId: key.id });
  await sealTrail({ now: () => new Date() });
  addSigningKey(key);
  await witnessNow(actor, {});
  return { keyId: key.id };
}

/** Writes down which key comes next. Input: { keyId }. @throws AppError forbidden | bad_request */
export const announceKey = command({
  permission: "setting.write",
  stepUp: true,
  input: z.object({ keyId: z.string().regex(/^[0-9a-f]{32}$/) }),
  run: async () => ({ follows: signingKeys().current.keyId }),
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "signing-key",
    entityId: input.keyId,
    detail: { follows: result.follows },
  }),
});

import { type AuditBlock, blockHash, isSignedBy, sealBlock } from "@/lib/core/audit/block";
import { AppError } from "@/lib/core/errors";
import { type SigningKeys, signingKeys } from "@/lib/crypto/signing-key";
import { sealQueuedLeaves } from "@/lib/db/audit-seal";

/** Leaves of one block at most; a longer queue becomes several blocks. */
const BLOCK_LEAVES = 10_000;

/**
 * Seals every queued line of the audit trail into signed blocks. Answers with the number of lines. Never part of a
 * command: a sealing that were itself audited would never come to an end.
 * @throws AppError conflict when the newest block is not one that this installation signed: what was changed must not
 * be vouched for by a signature that follows
 */
export async function sealTrail(ask: {
  readonly now: () => Date;
  readonly signal?: AbortSignal;
  readonly keys?: SigningKeys;
}): Promise<number> {
  let sealed = 0;
  while (!ask.signal?.aborted) {
    const leaves = await sealQueuedLeaves({
      limit: BLOCK_LEAVES,
      seal: (trail) => {
        // Read under the lock: the block before may be the first that a new key signed.
        const keys = ask.keys ?? signingKeys();
        requireOwn(trail.previous, keys);
        return sealBlock({ ...trail, sealedAt: ask.now(), signer: keys.current });
      },
    });
    sealed += leaves;
    if (leaves < BLOCK_LEAVES) break;
  }
  return sealed;
}

function requireOwn(previous: AuditBlock | undefined, keys: SigningKeys): void {
  if (previous === undefined) return;
  const key = keys.publicKeys.get(previous.keyId);
  if (key !== undefined && blockHash(previous).equals(previous.hash)) {
    if (isSignedBy(key, previous.hash, previous.signature)) return;
  }
  throw new AppError(
    "conflict",
    "The newest block of the audit trail was changed, or signed with a key that is missing.",
    {
      info: { block: previous.number },
    },
  );
}

import { type KeyObject, verify } from "node:crypto";
import { canonicalJson } from "./canonical-json";
import { merkleLeaf, merkleRoot } from "./merkle";
import { sha256 } from "./sha256";

/** A leaf of the audit trail as a block holds it. `id` is its number in decimal. */
export type BlockLeaf = { readonly id: string; readonly digest: Buffer };

/** What the hash of a block is taken over. */
export type BlockContent = {
  /** 1 for the first, then without a gap. */
  readonly number: number;
  readonly leafCount: number;
  /** Lowest and highest number of its leaves; others may lie between that were committed later. */
  readonly firstId: string;
  readonly lastId: string;
  /** Merkle root over its leaves in their order (RFC 6962). */
  readonly root: Buffer;
  /** Link of the block before, `genesisLink` for the first. */
  readonly previous: Buffer;
  readonly sealedAt: Date;
  /** The key that signed it. */
  readonly keyId: string;
};

/** A sealed block: its content, the hash over it, and the Ed25519 signature (RFC 8032) over the hash. */
export type AuditBlock = BlockContent & { readonly hash: Buffer; readonly signature: Buffer };

/** Where a trail ends, as witnesses keep it. */
export type TrailHead = Pick<AuditBlock, "number" | "hash" | "signature" | "keyId">;

/** A private key that signs digests, known by its id. */
export type Signer = { readonly keyId: string; readonly sign: (digest: Buffer) => Buffer };

/** What the first block is linked to: 32 zero bytes. */
export const genesisLink: Buffer = Buffer.alloc(32);

/** Hash of a leaf in the tree. Its number is part of it: two rows that change places do not go unseen. */
export function sealedLeaf({ id, digest }: BlockLeaf): Buffer {
  const numbered = Buffer.allocUnsafe(8 + digest.length);
  numbered.writeBigInt64BE(BigInt(id));
  numbered.set(digest, 8);
  return merkleLeaf(numbered);
}

/** SHA-256 over the canonical JSON of the content. */
export function blockHash(block: BlockContent): Buffer {
  const text = canonicalJson({
    format: "signalbox-audit-block/1",
    number: block.number,
    leafCount: block.leafCount,
    firstId: block.firstId,
    lastId: block.lastId,
    root: block.root.toString("hex"),
    previous: block.previous.toString("hex"),
    sealedAt: block.sealedAt.toISOString(),
    keyId: block.keyId,
  });
  return sha256(text);
}

/**
 * What the next block is linked to: SHA-256(hash ‖ signature). As the signature is part of it, one valid signature
 * further on vouches for those before it.
 */
export function blockLink({ hash, signature }: Pick<AuditBlock, "hash" | "signature">): Buffer {
  return sha256(Buffer.concat([hash, signature]));
}

/** Makes the block that follows `previous` (undefined: the first one). @throws RangeError without leaves */
export function sealBlock(ask: {
  readonly previous: AuditBlock | undefined;
  /** By number, ascending. */
  readonly leaves: readonly BlockLeaf[];
  readonly sealedAt: Date;
  readonly signer: Signer;
}): AuditBlock {
  const { previous, leaves, signer } = ask;
  const [first, last] = [leaves[0], leaves.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError("A block has at least one leaf.");
  const content = {
    number: (previous?.number ?? 0) + 1,
    leafCount: leaves.length,
    firstId: first.id,
    lastId: last.id,
    root: merkleRoot(leaves.map(sealedLeaf)),
    previous: previous === undefined ? genesisLink : blockLink(previous),
    sealedAt: ask.sealedAt,
    keyId: signer.keyId,
  };
  const hash = blockHash(content);
  return { ...content, hash, signature: signer.sign(hash) };
}

/** Whether a signature over a digest is one of the key. False for anything that is no signature at all. */
export function isSignedBy(key: KeyObject, digest: Buffer, signature: Buffer): boolean {
  return signature.length === 64 && verify(null, digest, key, signature);
}

import type { KeyObject } from "node:crypto";
import { type AuditBlock, type BlockLeaf, blockHash, isSignedBy, sealedLeaf } from "./block";
import type { FindingKind } from "./finding";
import { type AuditLeaf, leafDigest } from "./leaf";
import { inclusionProof, rootByProof } from "./merkle";

/** What it takes to prove that one line is what was sealed. */
export type LineEvidence = {
  readonly id: string;
  readonly leaf: AuditLeaf;
  readonly digest: Buffer;
  /** Place in the block, from 0. */
  readonly position: number;
  readonly block: AuditBlock;
  /** Every line of the block, in its order. */
  readonly leaves: readonly BlockLeaf[];
  /** Public keys of this installation by id. */
  readonly keys: ReadonlyMap<string, KeyObject>;
};

/** How many hashes lead from the line to the signed root; or what does not hold. */
export type LineProof =
  | { readonly kind: "proven"; readonly pathLength: number }
  | { readonly kind: "broken"; readonly finding: FindingKind };

/** Follows one line up to the signature over its block (RFC 6962, section 2.1.1). Says nothing about other blocks. */
export function proveLine(evidence: LineEvidence): LineProof {
  const { id, leaf, digest, position, block, leaves } = evidence;
  const broken = (finding: FindingKind): LineProof => ({ kind: "broken", finding });
  if (!leafDigest(leaf).equals(digest)) return broken("leaf-changed");
  if (leaves[position]?.id !== id || leaves.length !== block.leafCount) return broken("membership-changed");
  const proof = inclusionProof(leaves.map(sealedLeaf), position);
  if (!rootByProof(sealedLeaf({ id, digest }), proof)?.equals(block.root)) return broken("root-differs");
  if (!blockHash(block).equals(block.hash)) return broken("block-changed");
  const key = evidence.keys.get(block.keyId);
  if (key === undefined) return broken("signing-key-unknown");
  if (!isSignedBy(key, block.hash, block.signature)) return broken("signature-invalid");
  return { kind: "proven", pathLength: proof.path.length };
}

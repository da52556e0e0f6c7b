import type { KeyObject } from "node:crypto";
import { type AuditBlock, blockHash, blockLink, genesisLink, isSignedBy, sealedLeaf } from "./block";
import type { Finding } from "./finding";
import { type AuditLeaf, leafDigest } from "./leaf";
import { merkleTree } from "./merkle";
import type { WitnessLine } from "./witness";

/** A line that a block lists, and the line itself as it is now: undefined when it is gone. */
export type ListedLeaf = {
  readonly id: string;
  readonly position: number;
  readonly leaf: (AuditLeaf & { readonly digest: Buffer }) | undefined;
};

/** Checks blocks and their lines as they come, in order; keeps no more than the last block. */
export type TrailCheck = {
  /** Begins the next block. */
  readonly block: (block: AuditBlock) => void;
  /** The next line that the present block lists, by position. */
  readonly leaf: (listed: ListedLeaf) => void;
  /** Checks what can be checked only at the end. */
  readonly finish: () => TrailCounts;
};

export type TrailCounts = {
  readonly blocks: number;
  readonly rows: number;
  readonly signatures: number;
  readonly findings: number;
  /** In the order of the trail. */
  readonly firstBad: Finding | undefined;
};

type Ask = {
  /** Public keys of this installation by id. */
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** What the blocks of the checked range must be, in any order. */
  readonly witnessed: readonly WitnessLine[];
  /** Block before the checked range; undefined when it begins with the first. */
  readonly previous: AuditBlock | undefined;
  /** Every block's signature; otherwise those of witnessed blocks, of the last, and of the last of each key. */
  readonly allSignatures: boolean;
};

/**
 * The check of a trail. Not every signature has to be looked at: each block's link covers hash and signature of the one
 * before, so that nothing can change without breaking the chain, and the sealer signs nothing that follows a block
 * whose signature is not valid.
 */
export function checkTrail(ask: Ask): TrailCheck {
  const counts = { blocks: 0, rows: 0, signatures: 0, findings: 0 };
  let firstBad: Finding | undefined;
  const found = (finding: Finding) => {
    counts.findings += 1;
    firstBad ??= finding;
  };
  const witnessed = byNumber(ask.witnessed);
  let current: OpenBlock | undefined;
  let previous = ask.previous;

  const close = (next: AuditBlock | undefined) => {
    if (current === undefined) return;
    closeBlock(current, found);
    const { block } = current;
    const mustSign = ask.allSignatures || next?.keyId !== block.keyId || witnessed.has(block.number);
    if (mustSign) {
      counts.signatures += 1;
      checkSignature(block, ask.keys, found);
    }
    checkWitnesses(block, witnessed, found);
    previous = block;
    current = undefined;
  };
  return {
    block: (block) => {
      close(block);
      counts.blocks += 1;
      checkContent(block, previous, found);
      current = { block, tree: merkleTree(), isInOrder: true, firstId: undefined, lastId: undefined };
    },
    leaf: (listed) => {
      if (current === undefined) throw new RangeError("A line needs its block first.");
      counts.rows += 1;
      addLeaf(current, listed, found);
    },
    finish: () => {
      close(undefined);
      const lost = [...witnessed.keys()].sort((a, b) => a - b)[0];
      if (lost !== undefined) found({ kind: "witness-without-block", block: lost });
      return { ...counts, firstBad };
    },
  };
}

type Found = (finding: Finding) => void;

type OpenBlock = {
  readonly block: AuditBlock;
  readonly tree: ReturnType<typeof merkleTree>;
  isInOrder: boolean;
  firstId: string | undefined;
  lastId: string | undefined;
};

function byNumber(lines: readonly WitnessLine[]): Map<number, Set<string>> {
  const hashes = new Map<number, Set<string>>();
  for (const { number, hash } of lines) {
    if (number === 0) continue;
    hashes.set(number, (hashes.get(number) ?? new Set()).add(hash));
  }
  return hashes;
}

function checkContent(block: AuditBlock, previous: AuditBlock | undefined, found: Found): void {
  const at = { block: block.number };
  if (block.number !== (previous?.number ?? 0) + 1) found({ kind: "block-missing", ...at });
  const link = previous === undefined ? genesisLink : blockLink(previous);
  if (!block.previous.equals(link)) found({ kind: "link-broken", ...at });
  if (!blockHash(block).equals(block.hash)) found({ kind: "block-changed", ...at });
}

function addLeaf(open: OpenBlock, { id, position, leaf }: ListedLeaf, found: Found): void {
  const at = { block: open.block.number, leafId: id };
  const isNext =
    position === open.tree.size() && (open.lastId === undefined || BigInt(id) > BigInt(open.lastId));
  open.isInOrder &&= isNext;
  open.firstId ??= id;
  open.lastId = id;
  if (leaf === undefined) found({ kind: "leaf-missing", ...at });
  else if (!leafDigest(leaf).equals(leaf.digest)) found({ kind: "leaf-changed", ...at });
  open.tree.push(sealedLeaf({ id, digest: leaf?.digest ?? Buffer.alloc(32) }));
}

function closeBlock({ block, tree, isInOrder, firstId, lastId }: OpenBlock, found: Found): void {
  const at = { block: block.number };
  const isListed = tree.size() === block.leafCount && firstId === block.firstId && lastId === block.lastId;
  if (!isInOrder || !isListed) found({ kind: "membership-changed", ...at });
  if (!tree.root().equals(block.root)) found({ kind: "root-differs", ...at });
}

function checkSignature(block: AuditBlock, keys: Ask["keys"], found: Found): void {
  const key = keys.get(block.keyId);
  if (key === undefined) found({ kind: "signing-key-unknown", block: block.number });
  else if (!isSignedBy(key, block.hash, block.signature))
    found({ kind: "signature-invalid", block: block.number });
}

/** What was witnessed of this block is settled; what is left at the end was witnessed of blocks that are gone. */
function checkWitnesses(block: AuditBlock, witnessed: Map<number, Set<string>>, found: Found): void {
  const hashes = witnessed.get(block.number);
  if (hashes === undefined) return;
  witnessed.delete(block.number);
  if (hashes.size > 1 || !hashes.has(block.hash.toString("hex")))
    found({ kind: "witness-differs", block: block.number });
}

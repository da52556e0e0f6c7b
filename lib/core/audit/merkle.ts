import { sha256 } from "./sha256";

/*
 * Merkle trees as RFC 6962, section 2.1 defines them: leaves and nodes are hashed with different prefixes, so that
 * neither can pass for the other, and the left subtree is the largest full one.
 */

const LEAF = 0;
const NODE = 1;

/** Hash of one leaf: SHA-256(0x00 ‖ data). */
export function merkleLeaf(data: Uint8Array): Buffer {
  const prefixed = Buffer.allocUnsafe(1 + data.length);
  prefixed[0] = LEAF;
  prefixed.set(data, 1);
  return sha256(prefixed);
}

/** Takes leaf hashes one by one and keeps about log2(n) of them. */
export type MerkleTree = {
  readonly push: (leaf: Buffer) => void;
  readonly size: () => number;
  /** Root over the leaves so far; SHA-256 of nothing when there are none. */
  readonly root: () => Buffer;
};

export function merkleTree(): MerkleTree {
  // Roots of full subtrees, largest first: their sizes are the ones of the leaf count in binary.
  const full: { readonly size: number; readonly hash: Buffer }[] = [];
  let size = 0;
  return {
    push: (leaf) => {
      size += 1;
      let grown = { size: 1, hash: leaf };
      for (let last = full.at(-1); last?.size === grown.size; last = full.at(-1)) {
        full.pop();
        grown = { size: grown.size * 2, hash: node(last.hash, grown.hash) };
      }
      full.push(grown);
    },
    size: () => size,
    root: () => {
      const hashes = full.map(({ hash }) => hash);
      return hashes.length === 0 ? sha256("") : hashes.reduceRight((right, left) => node(left, right));
    },
  };
}

/** Root over a list of leaf hashes. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  const tree = merkleTree();
  for (const leaf of leaves) tree.push(leaf);
  return tree.root();
}

/** Where a leaf lies in a tree, and the hashes beside its way up, lowest first (RFC 6962, section 2.1.1). */
export type InclusionProof = {
  readonly index: number;
  readonly size: number;
  readonly path: readonly Buffer[];
};

/** Proof that the leaf at `index` is part of the tree over `leaves`. @throws RangeError when there is no such leaf */
export function inclusionProof(leaves: readonly Buffer[], index: number): InclusionProof {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError("No such leaf.");
  return { index, size: leaves.length, path: pathTo(leaves, index) };
}

/** The root that a leaf and its proof lead to; undefined when the proof cannot be one of such a tree. */
export function rootByProof(leaf: Buffer, { index, size, path }: InclusionProof): Buffer | undefined {
  if (!Number.isInteger(index) || index < 0 || index >= size) return undefined;
  return climb({ hash: leaf, index, size, path });
}

function pathTo(leaves: readonly Buffer[], index: number): readonly Buffer[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...pathTo(left, index), merkleRoot(right)]
    : [...pathTo(right, index - split), merkleRoot(left)];
}

function climb(step: InclusionProof & { readonly hash: Buffer }): Buffer | undefined {
  const { hash, index, size, path } = step;
  if (size === 1) return path.length === 0 ? hash : undefined;
  const sibling = path.at(-1);
  if (sibling === undefined) return undefined;
  const split = splitOf(size);
  const isLeft = index < split;
  const below = climb({
    hash,
    path: path.slice(0, -1),
    index: isLeft ? index : index - split,
    size: isLeft ? split : size - split,
  });
  if (below === undefined) return undefined;
  return isLeft ? node(below, sibling) : node(sibling, below);
}

/** The largest power of two below a size of at least 2. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

function node(left: Buffer, right: Buffer): Buffer {
  const prefixed = Buffer.allocUnsafe(1 + left.length + right.length);
  prefixed[0] = NODE;
  prefixed.set(left, 1);
  prefixed.set(right, 1 + left.length);
  return sha256(prefixed);
}

import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inclusionProof, merkleLeaf, merkleRoot, rootByProof } from "@/lib/core/audit/merkle";

const hex = (text: string) => Buffer.from(text, "hex");

// Inputs and roots of the reference implementation of Certificate Transparency (merkle tree tests of RFC 6962).
const inputs = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const leaves = inputs.map((input) => merkleLeaf(hex(input)));

const trees = fc
  .array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 70 })
  .chain((data) => fc.record({ data: fc.constant(data), index: fc.nat(data.length - 1) }));

describe("a Merkle tree", () => {
  test("over nothing has the hash of nothing", () => {
    expect(merkleRoot([])).toEqual(createHash("sha256").digest());
  });

  test.each(roots.map((root, i) => ({ size: i + 1, root })))(
    "over $size leaves has the root of the reference implementation",
    ({ size, root }) => {
      expect(merkleRoot(leaves.slice(0, size)).toString("hex")).toBe(root);
    },
  );

  test("tells a leaf from a node with the same bytes", () => {
    const [a, b] = [merkleLeaf(hex("01")), merkleLeaf(hex("02"))];
    expect(merkleLeaf(Buffer.concat([a, b]))).not.toEqual(merkleRoot([a, b]));
  });
});

describe("a proof of inclusion", () => {
  test("leads from every leaf of every tree to its root, in about log2 steps", () => {
    fc.assert(
      fc.property(trees, ({ data, index }) => {
        const hashes = data.map(merkleLeaf);
        const proof = inclusionProof(hashes, index);
        expect(proof.path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(hashes.length)));
        expect(rootByProof(merkleLeaf(data[index] ?? Buffer.of()), proof)).toEqual(merkleRoot(hashes));
      }),
    );
  });

  test("does not lead another leaf, another place or a shortened path to that root", () => {
    fc.assert(
      fc.property(trees, fc.nat(70), ({ data, index }, other) => {
        const hashes = data.map((bytes, i) => merkleLeaf(Buffer.from([...bytes, i])));
        const proof = inclusionProof(hashes, index);
        const leaf = hashes[index] ?? Buffer.of();
        const root = merkleRoot(hashes);
        expect(rootByProof(merkleLeaf(Buffer.from("another")), proof)).not.toEqual(root);
        if (other !== index) expect(rootByProof(leaf, { ...proof, index: other })).not.toEqual(root);
        if (hashes.length > 1)
          expect(rootByProof(leaf, { ...proof, path: proof.path.slice(1) })).toBeUndefined();
      }),
    );
  });

  test("cannot be asked for a leaf that is not there", () => {
    expect(() => inclusionProof(leaves, 8)).toThrow(RangeError);
    expect(() => inclusionProof(leaves, -1)).toThrow(RangeError);
  });
});

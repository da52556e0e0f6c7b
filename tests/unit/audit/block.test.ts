import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  type AuditBlock,
  blockHash,
  blockLink,
  genesisLink,
  isSignedBy,
  sealBlock,
  sealedLeaf,
} from "@/lib/core/audit/block";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const signer = { keyId: "test", sign: (digest: Buffer) => sign(null, digest, privateKey) };
const digest = (byte: number) => Buffer.alloc(32, byte);

function aBlock(previous?: AuditBlock, ids: readonly string[] = ["1", "2", "3"]): AuditBlock {
  const leaves = ids.map((id) => ({ id, digest: digest(Number(id) % 256) }));
  return sealBlock({ previous, leaves, sealedAt: new Date("2026-01-30T00:00:00Z"), signer });
}

describe("a sealed block", () => {
  test("is numbered from 1 and linked to the hash and signature of the one before", () => {
    const first = aBlock();
    const second = aBlock(first, ["5", "9"]);
    expect([first.number, second.number]).toEqual([1, 2]);
    expect(first.previous).toEqual(genesisLink);
    expect(second.previous).toEqual(blockLink(first));
    expect(blockLink({ ...first, signature: randomBytes(64) })).not.toEqual(second.previous);
    expect([second.firstId, second.lastId, second.leafCount]).toEqual(["5", "9", 2]);
  });

  test("carries a signature over its hash, and no other", () => {
    const block = aBlock();
    const other = generateKeyPairSync("ed25519");
    expect(isSignedBy(publicKey, block.hash, block.signature)).toBe(true);
    expect(isSignedBy(other.publicKey, block.hash, block.signature)).toBe(false);
    expect(isSignedBy(publicKey, digest(0), block.signature)).toBe(false);
    expect(isSignedBy(publicKey, block.hash, Buffer.of())).toBe(false);
  });

  test.each([
    { number: 2 },
    { leafCount: 4 },
    { firstId: "0" },
    { lastId: "9" },
    { root: digest(9) },
    { previous: digest(9) },
    { sealedAt: new Date("2026-01-30T00:00:00.001Z") },
    { keyId: "other" },
  ])("has another hash with another $0", (change) => {
    const block = aBlock();
    expect(blockHash(block)).toEqual(block.hash);
    expect(blockHash({ ...block, ...change })).not.toEqual(block.hash);
  });

  test("has another leaf where a row has another number", () => {
    expect(sealedLeaf({ id: "1", digest: digest(1) })).not.toEqual(
      sealedLeaf({ id: "2", digest: digest(1) }),
    );
    expect(() => sealedLeaf({ id: "9223372036854775807", digest: digest(1) })).not.toThrow();
  });

  test("cannot be empty", () => {
    expect(() => aBlock(undefined, [])).toThrow(RangeError);
  });
});

import { describe, expect, test } from "vitest";
import { type AuditLeaf, leafDigest } from "@/lib/core/audit/leaf";

const leaf: AuditLeaf = {
  at: new Date("2026-01-30T00:00:00.000Z"),
  actorKind: "user",
  actorId: "a",
  action: "C",
  permission: "p",
  entityType: "t",
  entityId: "e",
  outcome: "success",
  detail: { b: 1, a: { d: [1.5, null], c: "é" } },
  requestId: "r",
};

describe("the digest of a line", () => {
  test("stays what it was in every release: trails that were sealed depend on it", () => {
    expect(leafDigest(leaf).toString("hex")).toBe(
      "eba6f043ecca72f57a83c3c62a667020167d2572b7273e4d1bb0575eec42365e",
    );
  });

  test("does not depend on the order of fields, nor on what is beside them", () => {
    const others = { digest: Buffer.of(1), ...leaf, detail: { a: { c: "é", d: [1.5, null] }, b: 1 } };
    expect(leafDigest(others)).toEqual(leafDigest(leaf));
  });

  test.each([
    { at: new Date("2026-01-30T00:00:00.001Z") },
    { actorKind: "system" as const },
    { actorId: "b" },
    { action: "R" as const },
    { permission: "q" },
    { entityType: "u" },
    { entityId: "f" },
    { outcome: "denied" as const },
    { detail: { b: 1 } },
    { requestId: "s" },
  ])("changes with %o", (change) => {
    expect(leafDigest({ ...leaf, ...change })).not.toEqual(leafDigest(leaf));
  });
});

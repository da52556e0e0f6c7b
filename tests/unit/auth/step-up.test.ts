import { expect, test } from "vitest";
import { everywhere } from "@/lib/core/authz/role";
import { isFactorFresh, stepUpLimitMs } from "@/lib/core/authz/step-up";

const now = new Date("2025-03-10T12:00:00.000Z");
const person = { kind: "user", id: "u", name: "n", email: "e", grants: everywhere("administrator") } as const;

test.each([
  ["never proved", undefined, false],
  ["just now", 0, true],
  ["five minutes ago", stepUpLimitMs, true],
  ["a millisecond more", stepUpLimitMs + 1, false],
] as const)("a factor that was proved %s", (_, agoMs, isFresh) => {
  const factorAt = agoMs === undefined ? undefined : new Date(now.getTime() - agoMs);
  expect(isFactorFresh({ ...person, factorAt }, now)).toBe(isFresh);
});

test("neither a feed nor the product has a factor to prove", () => {
  expect(isFactorFresh({ kind: "system", name: "job" }, now)).toBe(true);
  expect(isFactorFresh({ kind: "source", sourceId: 1, tokenId: "t", scopes: [] }, now)).toBe(true);
});

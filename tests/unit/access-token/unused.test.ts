import { expect, test } from "vitest";
import { isUnused } from "@/lib/core/access-token/schema";

const day = 86_400_000;
const now = new Date("2026-03-31T00:00:00Z");
const ago = (days: number) => new Date(now.getTime() - days * day);
const token = { createdAt: ago(90), lastUsedAt: undefined, expiresAt: undefined, revokedAt: undefined };

test.each([
  ["made long ago and never used", token, true],
  ["made lately and never used", { ...token, createdAt: ago(29) }, false],
  ["last used 30 days ago", { ...token, lastUsedAt: ago(30) }, true],
  ["last used a little later", { ...token, lastUsedAt: new Date(ago(30).getTime() + 1) }, false],
  ["revoked", { ...token, revokedAt: ago(1) }, false],
  ["expired", { ...token, expiresAt: now }, false],
])("a token %s counts as unused: %s", (_, of, expected) => {
  expect(isUnused(of, now)).toBe(expected);
});

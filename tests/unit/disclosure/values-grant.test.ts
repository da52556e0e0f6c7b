import { expect, test } from "vitest";
import { remainingMs } from "@/lib/core/disclosure/values-grant";

const now = new Date("2026-03-10T12:00:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);

test("what is left of a time ends at zero", () => {
  expect(remainingMs(ago(-1_500), now)).toBe(1_500);
  expect(remainingMs(now, now)).toBe(0);
  expect(remainingMs(ago(1), now)).toBe(0);
});

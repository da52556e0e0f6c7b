import { describe, expect, test } from "vitest";
import { factorFreshMs, isFactorFresh, remainingMs } from "@/lib/core/disclosure/values-grant";

const now = new Date("2026-03-10T12:00:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);

describe("a second factor", () => {
  test("is fresh for five minutes to the millisecond", () => {
    expect(isFactorFresh(now, now)).toBe(true);
    expect(isFactorFresh(ago(factorFreshMs), now)).toBe(true);
    expect(isFactorFresh(ago(factorFreshMs + 1), now)).toBe(false);
  });

  test("that was never proved, or only in the future, is not fresh", () => {
    expect(isFactorFresh(undefined, now)).toBe(false);
    expect(isFactorFresh(ago(-1), now)).toBe(false);
  });
});

test("what is left of a time ends at zero", () => {
  expect(remainingMs(ago(-1_500), now)).toBe(1_500);
  expect(remainingMs(now, now)).toBe(0);
  expect(remainingMs(ago(1), now)).toBe(0);
});

import { describe, expect, test } from "vitest";
import { reasonTitle } from "@/lib/core/disclosure/reasons";
import { claimMs, claimState, claimUntil, longestClaimMs, printItem, workKinds } from "@/lib/core/work/claim";

const now = new Date("2026-03-10T12:00:00Z");
const at = (ms: number) => new Date(now.getTime() + ms);
const claim = {
  claimId: "c1",
  userId: "bea",
  userName: "Bea",
  claimedAt: now,
  expiresAt: at(claimMs),
};

describe("a claim", () => {
  test("lasts half an hour, and with every renewal half an hour from then, up to four hours in all", () => {
    expect(claimUntil(now, now)).toEqual(at(claimMs));
    expect(claimUntil(now, at(600_000))).toEqual(at(600_000 + claimMs));
    expect(claimUntil(now, at(longestClaimMs - 1))).toEqual(at(longestClaimMs));
  });

  test("is one's own until the instant it ends, then nobody's", () => {
    const mine = (ms: number) => claimState({ claim, userId: "bea", now: at(ms) });
    expect(mine(claimMs - 1)).toEqual({ kind: "mine", claimId: "c1", remainingMs: 1, canRenew: true });
    expect(mine(claimMs)).toEqual({ kind: "free" });
  });

  test("of another person holds, and can be taken over once it has expired", () => {
    const theirs = (ms: number) => claimState({ claim, userId: "carl", now: at(ms) });
    expect(theirs(claimMs - 1)).toEqual({ kind: "others", holder: "Bea", until: at(claimMs) });
    expect(theirs(claimMs)).toEqual({ kind: "expired", holder: "Bea", until: at(claimMs) });
  });

  test("of four hours cannot be renewed", () => {
    const long = { ...claim, expiresAt: at(longestClaimMs) };
    expect(claimState({ claim: long, userId: "bea", now: at(longestClaimMs - 1) })).toMatchObject({
      canRenew: false,
    });
  });
});

test("every kind of work is a reason in words, and what is none is not", () => {
  for (const kind of workKinds) expect(reasonTitle(printItem({ kind, id: "17" }))).toMatch(/^To work on/);
  expect(reasonTitle("dead-letters/17")).toBeUndefined();
  expect(reasonTitle("patient-care")).toMatch(/^For the care/);
});

import { describe, expect, test } from "vitest";
import { accessLines } from "@/lib/core/audit/access-rules";
import { activityLines, type Opening, type PersonWeek } from "@/lib/core/audit/activity-rules";
import { reviewPeriods } from "@/lib/core/audit/review-period";
import { isFarAbove, median } from "@/lib/core/audit/robust-outlier";

const from = new Date("2026-03-09T00:00:00Z");
const dayMs = 86_400_000;

function anOpening(over: Partial<Opening> = {}): Opening {
  return {
    leafId: "1",
    at: from,
    personId: "a",
    hasLaterAct: true,
    isOffHours: false,
    signs: undefined,
    ...over,
  };
}

function aPersonWeek(over: Partial<PersonWeek> = {}): PersonWeek {
  return {
    personId: "a",
    roles: ["him-specialist"],
    acts: 10,
    looks: 5,
    actsWhileDisabled: 0,
    lastActBefore: new Date(from.getTime() - dayMs),
    ...over,
  };
}

const signs = { isSameSurname: false, isSameName: false, isFlagged: false };
const rulesOf = (opening: Opening) =>
  activityLines({ from, people: [], openings: [opening] }).flatMap(({ rules }) => rules);
const rulesOfPeople = (...people: readonly PersonWeek[]) =>
  Object.fromEntries(
    activityLines({ from, people, openings: [] }).map(({ personId, rules }) => [personId, rules]),
  );

describe("an opening of values", () => {
  test.each([
    ["that led to a change in office hours is no line", anOpening({ signs }), []],
    ["that led to nothing is one", anOpening({ hasLaterAct: false }), ["without-later-act"]],
    ["at night is one", anOpening({ isOffHours: true }), ["off-hours"]],
    [
      "of a patient of one's own surname is one",
      anOpening({ signs: { ...signs, isSameSurname: true } }),
      ["same-surname"],
    ],
    [
      "of a patient of one's whole name is named so alone",
      anOpening({ signs: { ...signs, isSameSurname: true, isSameName: true } }),
      ["same-name"],
    ],
    [
      "with everything against it is one line with every reason",
      anOpening({ hasLaterAct: false, isOffHours: true, signs: { ...signs, isFlagged: true } }),
      ["flagged-patient", "without-later-act", "off-hours"],
    ],
  ])("%s", (_sentence, opening, rules) => {
    expect(rulesOf(opening)).toEqual(rules);
  });
});

describe("a week of an account", () => {
  test("stands out when it was disabled meanwhile, or used again after 90 days", () => {
    const ago = (days: number) => new Date(from.getTime() - days * dayMs);
    expect(rulesOfPeople(aPersonWeek({ actsWhileDisabled: 1 }))).toEqual({ a: ["disabled-account"] });
    expect(rulesOfPeople(aPersonWeek({ lastActBefore: ago(91) }))).toEqual({ a: ["unused-account"] });
    expect(rulesOfPeople(aPersonWeek({ lastActBefore: ago(90) }))).toEqual({});
    // Somebody new is no old account.
    expect(rulesOfPeople(aPersonWeek({ lastActBefore: undefined }))).toEqual({});
  });

  test("stands out by its looks against others of the same role, not of another", () => {
    const peers = [4, 5, 6, 7].map((looks, i) => aPersonWeek({ personId: `p${i}`, looks }));
    expect(rulesOfPeople(aPersonWeek({ looks: 60 }), ...peers)).toEqual({ a: ["more-than-peers"] });
    expect(rulesOfPeople(aPersonWeek({ looks: 60, roles: ["administrator"] }), ...peers)).toEqual({});
  });

  test("does not stand out with few looks, nor among fewer than three others who looked", () => {
    const peers = [1, 1, 1].map((looks, i) => aPersonWeek({ personId: `p${i}`, looks }));
    expect(rulesOfPeople(aPersonWeek({ looks: 19 }), ...peers)).toEqual({});
    expect(rulesOfPeople(aPersonWeek({ looks: 20 }), ...peers)).toEqual({ a: ["more-than-peers"] });
    const idle = aPersonWeek({ personId: "idle", looks: 0 });
    expect(rulesOfPeople(aPersonWeek({ looks: 99 }), ...peers.slice(1), idle)).toEqual({});
  });
});

describe("a value among its peers", () => {
  test("is far above by median and median absolute deviation, which one busy peer does not move", () => {
    expect(isFarAbove(30, [8, 10, 12])).toBe(true);
    expect(isFarAbove(16, [8, 10, 12])).toBe(false);
    expect(isFarAbove(30, [8, 10, 12, 5_000])).toBe(true);
  });

  test("is far above peers who are all alike when it is more than three times what they have", () => {
    expect(isFarAbove(30, [10, 10, 10])).toBe(false);
    expect(isFarAbove(31, [10, 10, 10])).toBe(true);
  });

  test("has a median for odd and even counts", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
});

describe("access", () => {
  const now = new Date("2026-07-01T00:00:00Z");
  const token = { kind: "token", tokenId: "t", name: "n", source: "s", lastUsedAt: null } as const;
  const heldSince = (days: number | undefined, expires: boolean | undefined) =>
    accessLines(
      [
        {
          personId: undefined,
          subject: token,
          lastUsedAt: days === undefined ? undefined : new Date(now.getTime() - days * dayMs),
          expires,
        },
      ],
      now,
    ).map(({ rules }) => rules);

  test("is always a line, with what speaks against it", () => {
    expect(heldSince(1, true)).toEqual([[]]);
    expect(heldSince(undefined, undefined)).toEqual([["never-used"]]);
    expect(heldSince(90, true)).toEqual([[]]);
    expect(heldSince(91, false)).toEqual([["not-used-lately", "no-expiry"]]);
  });
});

describe("periods to review", () => {
  const print = (kind: "activity" | "access", at: string, zone: string) =>
    reviewPeriods({ kind, now: new Date(at), zone }).map(
      (period) => `${period.from.toISOString().slice(0, 16)} ${period.to.toISOString().slice(0, 16)}`,
    );

  test("are whole weeks from Monday to Monday that are over, also across a change of clocks", () => {
    const weeks = print("activity", "2026-04-06T10:00:00Z", "Europe/Berlin");
    expect(weeks).toHaveLength(8);
    expect(weeks.slice(0, 2)).toEqual([
      "2026-03-29T22:00 2026-04-05T22:00",
      "2026-03-22T23:00 2026-03-29T22:00",
    ]);
  });

  test("are, of access, the present quarter and the one before, also across a new year", () => {
    expect(print("access", "2026-02-10T00:00:00Z", "UTC")).toEqual([
      "2026-01-01T00:00 2026-04-01T00:00",
      "2025-10-01T00:00 2026-01-01T00:00",
    ]);
  });
});

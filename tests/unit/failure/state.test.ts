import { describe, expect, it, test } from "vitest";
import {
  actOnGroup,
  type Group,
  type GroupAct,
  type GroupFigures,
  newGroup,
  refuseAct,
  settleGroup,
} from "@/lib/core/failure/state";

const START = new Date("2026-03-02T08:00:00Z");
const hours = (n: number) => new Date(START.getTime() + n * 3_600_000);

function figures(given: Partial<GroupFigures> = {}): GroupFigures {
  return {
    firstAt: START,
    count: 20,
    lastHour: 2,
    hourlyUsual: 2,
    destinations: [1],
    newest: { at: hours(1), revision: 7 },
    ...given,
  };
}

function acted(act: GroupAct, given: Partial<GroupFigures> = {}): Group {
  return actOnGroup({ act, figures: figures(given), by: "somebody", now: hours(1) });
}

const until = (at: Date): GroupAct => ({ kind: "snooze", why: "known", end: { until: at } });

describe("by itself a group", () => {
  it("is new for a day, then ongoing", () => {
    expect(settleGroup(newGroup(START), figures(), hours(23.9)).state).toBe("new");
    expect(settleGroup(newGroup(START), figures(), hours(24)).state).toBe("ongoing");
  });

  it("escalates at ten times its usual rate, and not on a handful", () => {
    expect(settleGroup(newGroup(START), figures({ lastHour: 20 }), hours(2)).state).toBe("escalating");
    expect(settleGroup(newGroup(START), figures({ lastHour: 19 }), hours(2)).state).toBe("new");
    expect(settleGroup(newGroup(START), figures({ lastHour: 9, hourlyUsual: 0 }), hours(2)).state).toBe(
      "new",
    );
  });

  it("does not escalate while nothing usual is known", () => {
    expect(settleGroup(newGroup(START), figures({ lastHour: 900, hourlyUsual: null }), hours(2)).state).toBe(
      "new",
    );
  });

  it("settles once: the same figures change nothing more", () => {
    const once = settleGroup(newGroup(START), figures({ lastHour: 50 }), hours(2));
    expect(settleGroup(once, figures({ lastHour: 50 }), hours(3))).toBe(once);
  });
});

describe("a snoozed group", () => {
  it("is back when its time is over", () => {
    const group = acted(until(hours(5)));
    expect(settleGroup(group, figures(), hours(4.9)).state).toBe("snoozed");
    expect(settleGroup(group, figures(), hours(5)).state).toBe("ongoing");
  });

  it("is back after so many failures", () => {
    const group = acted({ kind: "snooze", why: "known", end: { afterCount: 3 } });
    expect(settleGroup(group, figures({ count: 22 }), hours(2)).state).toBe("snoozed");
    expect(settleGroup(group, figures({ count: 23 }), hours(2)).state).toBe("ongoing");
  });
});

describe.each([
  ["snooze", until(hours(50))],
  ["mute", { kind: "mute", why: "known", days: 30 } as const],
])("a %s", (_, act) => {
  it("breaks on a tenfold rise", () => {
    expect(settleGroup(acted(act), figures({ lastHour: 19 }), hours(2)).state).not.toBe("escalating");
    expect(settleGroup(acted(act), figures({ lastHour: 20 }), hours(2)).state).toBe("escalating");
  });

  it("breaks when another destination fails too", () => {
    expect(settleGroup(acted(act), figures({ destinations: [1, 2] }), hours(2)).state).toBe("ongoing");
  });

  it("is kept with who and why", () => {
    expect(acted(act)).toMatchObject({ quiet: { by: "somebody", why: "known" } });
  });
});

test("a mute ends by itself, and none is longer than 90 days", () => {
  const group = acted({ kind: "mute", why: "known", days: 90 });
  expect(settleGroup(group, figures(), hours(1 + 90 * 24 - 0.1)).state).toBe("muted");
  expect(settleGroup(group, figures(), hours(1 + 90 * 24)).state).toBe("ongoing");
  expect(refuseAct({ kind: "mute", why: "known", days: 91 }, START)).toBe("too-long");
  expect(refuseAct(until(hours(90 * 24 + 1)), START)).toBe("too-long");
  expect(refuseAct(until(START), START)).toBe("ends-in-the-past");
  expect(refuseAct({ kind: "snooze", why: "known", end: { afterCount: 0 } }, START)).toBe("no-count");
  expect(refuseAct({ kind: "mute", why: "known", days: 90 }, START)).toBeUndefined();
});

describe("a resolved group", () => {
  const resolved = acted({ kind: "resolve", cause: "mapping", change: "CHG-1", revision: 8 });
  const seen = (at: Date, revision: number | undefined) =>
    settleGroup(resolved, figures({ newest: { at, revision } }), hours(9)).state;

  it("regresses on a failure after the fix under a revision that has it", () => {
    expect(seen(hours(2), 8)).toBe("regressed");
    expect(seen(hours(2), 9)).toBe("regressed");
  });

  it("stays resolved on what happened before, however late it is told", () => {
    expect(seen(hours(1), 8)).toBe("resolved");
    expect(seen(hours(0.5), 9)).toBe("resolved");
  });

  it("stays resolved while an older revision still runs", () => {
    expect(seen(hours(2), 7)).toBe("resolved");
  });

  it("regresses where no revision is known", () => {
    expect(seen(hours(2), undefined)).toBe("regressed");
  });

  it("stays regressed until somebody acts", () => {
    const regressed = settleGroup(resolved, figures({ newest: { at: hours(2), revision: 8 } }), hours(9));
    expect(settleGroup(regressed, figures(), hours(99)).state).toBe("regressed");
  });
});

test("an acknowledged group stays so until it rises tenfold", () => {
  const group = acted({ kind: "acknowledge" });
  expect(settleGroup(group, figures(), hours(900))).toBe(group);
  expect(settleGroup(group, figures({ lastHour: 20 }), hours(2)).state).toBe("escalating");
});

test("a group that is opened again is new or ongoing by its age", () => {
  expect(acted({ kind: "reopen" }).state).toBe("new");
  expect(acted({ kind: "reopen" }, { firstAt: hours(-30) }).state).toBe("ongoing");
});

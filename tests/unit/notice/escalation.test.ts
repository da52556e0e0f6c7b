import { describe, expect, test } from "vitest";
import { beginEscalation, escalate } from "@/lib/core/notice/escalation";
import type { Plan, Target } from "@/lib/core/notice/schema";
import { runEscalations } from "@/tests/support/escalation-model";

const team = (n: number): Target => ({ kind: "team", id: `00000000-0000-4000-8000-00000000000${n}` });
const [first, second, third] = [team(1), team(2), team(3)];
const plan: Plan = {
  steps: [
    { afterMinutes: 0, targets: [first] },
    { afterMinutes: 10, targets: [second] },
  ],
  lastResort: { afterMinutes: 20, targets: [third] },
  repeats: 1,
  repeatAfterMinutes: 60,
};
const now = new Date("2026-11-24T08:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const all = () => ({ recipients: ["someone"], hasAnswerer: true });
const nobodyIn =
  (...gaps: readonly Target[]) =>
  (targets: readonly Target[]) =>
    targets.some((target) => gaps.includes(target)) ? { recipients: [], hasAnswerer: false } : all();
const rules = { plan, severity: "critical" } as const;

describe("an incident that nobody acknowledges", () => {
  test("goes from step to step by time, to the last resort, and round again", () => {
    let at = beginEscalation({ ...rules, now });
    const told: string[] = [];
    for (let minute = 0; minute <= 200; minute++) {
      const done = escalate({ ...rules, at, now: later(minute), find: all });
      told.push(...done.taken.map(({ cycle, step }) => `${minute}: ${cycle}/${step}`));
      at = done.at;
    }
    expect(told).toEqual(["0: 0/0", "10: 0/1", "30: 0/2", "90: 1/0", "100: 1/1", "120: 1/2"]);
    expect(at.nextAt).toBeUndefined();
  });

  test("falls through a gap at once", () => {
    const at = beginEscalation({ ...rules, now });
    const done = escalate({ ...rules, at, now, find: nobodyIn(first, second) });
    expect(done.taken.map(({ step, recipients }) => [step, recipients.length])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
    ]);
    expect(done.at).toEqual({ cycle: 1, step: 0, nextAt: later(60) });
  });

  test("whose worker slept for a day takes one step, and gives whoever is told their time", () => {
    const at = { cycle: 0, step: 1, nextAt: later(10) };
    const done = escalate({ ...rules, at, now: later(1_440), find: all });
    expect(done.taken).toHaveLength(1);
    expect(done.at.nextAt).toEqual(later(1_460));
  });

  test("before its time is left alone", () => {
    const at = { cycle: 0, step: 1, nextAt: later(10) };
    expect(escalate({ ...rules, at, now: later(9), find: all })).toEqual({ at, taken: [] });
  });
});

describe("minutes that count in office hours alone", () => {
  const hours = { zone: "Europe/Berlin", days: [1, 2, 3, 4, 5], from: "08:00", until: "17:00" };
  const friday = new Date("2026-11-27T15:50:00Z");

  test("run on from Friday evening to Monday morning", () => {
    const at = escalate({
      plan: { ...plan, hours },
      severity: "warning",
      at: { cycle: 0, step: 0, nextAt: friday },
      now: friday,
      find: all,
    }).at;
    expect(at.nextAt).toEqual(new Date("2026-11-30T07:00:00Z"));
  });

  test("all count for what is critical", () => {
    const at = { cycle: 0, step: 0, nextAt: friday };
    const done = escalate({ plan: { ...plan, hours }, severity: "critical", at, now: friday, find: all });
    expect(done.at.nextAt).toEqual(new Date("2026-11-27T16:00:00Z"));
  });
});

describe("random schedules with changes of clocks, gaps, overrides and restarts", () => {
  test("reach the last step unless acknowledged, and take no step twice in a cycle", () => {
    const verdict = runEscalations({ n: 300, seed: 4 });
    expect(verdict.problems).toEqual([]);
    expect(verdict.gapsMet).toBeGreaterThan(50);
    expect(verdict.restarts).toBeGreaterThan(50);
    expect(verdict.acknowledged).toBeGreaterThan(20);
  });
});

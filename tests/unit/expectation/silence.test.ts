import { describe, expect, it } from "vitest";
import type { TrafficHistory } from "@/lib/core/expectation/history";
import { judgeSilence } from "@/lib/core/expectation/judge-silence";
import { learnExpectation } from "@/lib/core/expectation/learn";
import { zonedParts } from "@/lib/core/time/zone";
import { interfaceYear, trafficKinds } from "@/tests/support/interface-year";
import { seededRandom } from "@/tests/support/random";
import { scoreSilence } from "@/tests/support/score-silence";

const zone = "Europe/Berlin";
const WEEK = 7 * 1_440;

/** A results feed: one message in two minutes in office hours, one in an hour at night and on Sundays. */
function results(over: Partial<TrafficHistory> & { readonly weeks?: number } = {}): TrafficHistory {
  const to = Date.UTC(2026, 10, 24) / 60_000;
  const from = to - (over.weeks ?? 5) * WEEK;
  const random = seededRandom(5);
  const busy: number[] = [];
  for (let minute = from; minute < to; minute++) {
    const { hour, weekday } = zonedParts(new Date(minute * 60_000), zone);
    const isBusy = weekday !== 0 && hour >= 7 && hour < 18;
    if (random() < (isBusy ? 0.4 : 1 / 60)) busy.push(minute);
  }
  return {
    zone,
    range: { from: new Date(from * 60_000), to: new Date(to * 60_000) },
    busy,
    messages: busy.map(() => 1),
    unknown: [],
    holidays: new Set(),
    ...over,
  };
}

function without(history: TrafficHistory, from: string, to: string): TrafficHistory {
  const [first, end] = [Date.parse(from) / 60_000, Date.parse(to) / 60_000];
  const busy = history.busy.filter((minute) => minute < first || minute >= end);
  return { ...history, busy, messages: busy.map(() => 1) };
}

function verdict(history: TrafficHistory, ask: { now: string; minutes: number; ownerLimitMs?: number }) {
  const now = new Date(ask.now);
  const { kind } = judgeSilence({
    expectation: learnExpectation(history),
    ownerLimitMs: ask.ownerLimitMs,
    lastAt: new Date(now.getTime() - ask.minutes * 60_000),
    now,
    busyIn: (from, to) => (to - from) * 0.4,
  });
  return kind;
}

describe("silence", () => {
  it("of 45 minutes on a Tuesday at ten is an alarm, on a Sunday at three it is none", () => {
    expect(verdict(results(), { now: "2026-11-24T09:00:00Z", minutes: 45 })).toBe("silent");
    expect(verdict(results(), { now: "2026-11-29T02:00:00Z", minutes: 45 })).toBe("as_usual");
  });

  it("of a few minutes is none even at the busiest hour", () => {
    expect(verdict(results(), { now: "2026-11-24T09:00:00Z", minutes: 6 })).toBe("as_usual");
  });

  it("is judged by the clock on the wall on both sides of a change of clocks", () => {
    const { busyMinutes } = learnExpectation(results({ weeks: 6 }));
    const tuesday = busyMinutes.slice(48, 72);
    expect(tuesday.map((rate) => rate > 10)).toEqual(tuesday.map((_, hour) => hour >= 7 && hour < 18));
  });

  it("is learnt although the history has outages", () => {
    const clean = learnExpectation(results());
    const polluted = learnExpectation(
      without(
        without(results(), "2026-11-10T08:00:00Z", "2026-11-10T14:00:00Z"),
        "2026-11-17T08:00:00Z",
        "2026-11-17T14:00:00Z",
      ),
    );
    expect(polluted.quietLimit).toBeLessThan(clean.quietLimit * 1.3);
    expect(polluted.busyMinutes[58]).toBeGreaterThan((clean.busyMinutes[58] ?? 0) * 0.8);
  });

  it("takes hours nobody watched as missing, not as empty", () => {
    const gap = { from: new Date("2026-11-09T00:00:00Z"), to: new Date("2026-11-12T00:00:00Z") };
    const history = without(results(), "2026-11-09T00:00:00Z", "2026-11-12T00:00:00Z");
    const learnt = learnExpectation({ ...history, unknown: [gap] });
    expect(learnt.busyMinutes[58]).toBeGreaterThan(18);
    expect(learnt.volume[58]?.median).toBeGreaterThan(18);
  });

  it("leaves out days unlike their weekday, and days told as holidays", () => {
    const history = without(results(), "2026-11-09T23:00:00Z", "2026-11-10T23:00:00Z");
    const told = learnExpectation({ ...history, holidays: new Set(["2026-11-10"]) });
    expect(told.busyMinutes[58]).toBeGreaterThan(18);
    expect(learnExpectation(history).busyMinutes[58]).toBeGreaterThan(18);
  });

  it("has no verdict while the interface is learning, unless its owner set a limit", () => {
    const young = results({ weeks: 3 });
    const at = { now: "2026-11-24T09:00:00Z", minutes: 45 };
    expect(verdict(young, at)).toBe("learning");
    expect(verdict(young, { ...at, ownerLimitMs: 30 * 60_000 })).toBe("silent");
    expect(verdict(young, { ...at, ownerLimitMs: 60 * 60_000 })).toBe("as_usual");
  });

  it("after a slow morning is judged by that morning", () => {
    const now = new Date("2026-11-24T09:00:00Z");
    const ask = {
      expectation: learnExpectation(results()),
      ownerLimitMs: undefined,
      lastAt: new Date(now.getTime() - 35 * 60_000),
      now,
    };
    expect(judgeSilence({ ...ask, busyIn: () => 24 }).kind).toBe("silent");
    expect(judgeSilence({ ...ask, busyIn: () => 1 }).kind).toBe("as_usual");
  });

  it("of an interface that never had a message is unknown", () => {
    const ask = { expectation: undefined, ownerLimitMs: 60_000, lastAt: undefined, busyIn: () => 0 };
    expect(judgeSilence({ ...ask, now: new Date() })).toEqual({ kind: "unknown" });
  });
});

describe("a quarter of a year of each kind of traffic", () => {
  const scores = trafficKinds.map((kind) => scoreSilence(interfaceYear({ kind, seed: 3, days: 100 })));

  it("has every outage over twice the usual gap found", () => {
    const outages = scores.flatMap((score) => score.outages);
    expect(outages.some(({ isLong }) => isLong)).toBe(true);
    expect(outages.filter(({ isLong, delayMs }) => isLong && delayMs === null)).toEqual([]);
  });

  it("has at most one false alarm per interface and month", () => {
    const alarms = scores.reduce((sum, { falseAlarms }) => sum + falseAlarms.length, 0);
    expect(alarms).toBeLessThanOrEqual(scores.reduce((sum, { months }) => sum + months, 0));
  });
});

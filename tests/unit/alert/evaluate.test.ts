import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AlertNotice,
  type AlertRule,
  calm,
  evaluate,
  type Measurement,
} from "@/lib/core/alert/evaluate";

type Tick = { readonly atMs: number; readonly measurement: Measurement };
const rule: AlertRule = { threshold: 5, forMs: 60_000, clearThreshold: 3, clearForMs: 120_000 };

function run(by: AlertRule, ticks: readonly Tick[]) {
  let state = calm;
  return ticks.map(({ atMs, measurement }) => {
    const done = evaluate({ rule: by, previous: state, measurement, now: new Date(atMs) });
    state = done.state;
    return { isRaised: state.isRaised, kind: state.kind, notice: done.notice };
  });
}

/** A value a minute. */
function minutes(...values: readonly (number | null)[]): readonly Tick[] {
  return values.map((value, i) => ({ atMs: i * 60_000, measurement: { value, perHour: null } }));
}

function noticesOf(by: AlertRule, ticks: readonly Tick[]): readonly (AlertNotice | undefined)[] {
  return run(by, ticks).map(({ notice }) => notice);
}

describe("an alarm", () => {
  test("waits out its hold-off, tells once that it fires and once that it cleared", () => {
    expect(noticesOf(rule, minutes(9, 9, 9, 9, 0, 0, 0, 0))).toEqual([
      undefined,
      "fired",
      undefined,
      undefined,
      undefined,
      undefined,
      "cleared",
      undefined,
    ]);
  });

  test("of a value that flaps is one alarm", () => {
    expect(noticesOf(rule, minutes(9, 9, 0, 9, 0, 9, 4, 9)).filter(Boolean)).toEqual(["fired"]);
  });

  test("is neither begun nor cleared by what could not be measured", () => {
    expect(run(rule, minutes(9, null, 9)).map(({ kind }) => kind)).toEqual(["pending", "no_data", "pending"]);
    expect(run(rule, minutes(9, 9, null, null, null)).at(-1)).toMatchObject({
      kind: "no_data",
      isRaised: true,
    });
  });

  test("that maintenance covers is recorded, and told of if it outlasts the maintenance", () => {
    const covered = minutes(9, 9, 9, 9).map((tick, i) =>
      i < 3 ? { ...tick, measurement: { ...tick.measurement, suppressedBy: "maintenance" as const } } : tick,
    );
    expect(run(rule, covered).map(({ kind, notice }) => [kind, notice])).toEqual([
      ["pending", undefined],
      ["suppressed", undefined],
      ["suppressed", undefined],
      ["firing", "fired"],
    ]);
  });

  test("of one failure on a quiet link tells nobody, of two it does, and of one on a busy link", () => {
    const guarded = {
      threshold: 1,
      forMs: 0,
      clearThreshold: 1,
      clearForMs: 0,
      quietGuard: { perHour: 20, upTo: 1 },
    };
    const one = (value: number, perHour: number) =>
      run(guarded, [{ atMs: 0, measurement: { value, perHour } }])[0];
    expect(one(1, 19)).toEqual({ isRaised: true, kind: "suppressed", notice: undefined });
    expect(one(2, 19)).toMatchObject({ notice: "fired" });
    expect(one(1, 20)).toMatchObject({ notice: "fired" });
  });
});

/** By definition, over the whole history: no state is carried from tick to tick. */
function oracle(by: AlertRule, ticks: readonly Tick[]) {
  const isBreach = ({ measurement: { value } }: Tick) => value !== null && value >= by.threshold;
  const isCalm = ({ measurement: { value } }: Tick) => value !== null && value < by.clearThreshold;
  const lasts = (history: readonly Tick[], is: (tick: Tick) => boolean, ms: number) => {
    const [first, last] = [history[history.findLastIndex((one) => !is(one)) + 1], history.at(-1)];
    return first !== undefined && last !== undefined && last.atMs - first.atMs >= ms;
  };
  const isRaisedAt = (i: number): boolean => {
    for (let fire = i; fire >= 0; fire--) {
      if (!lasts(ticks.slice(0, fire + 1), isBreach, by.forMs)) continue;
      const ends = Array.from({ length: i - fire }, (_, n) => ticks.slice(fire + 1, fire + 2 + n));
      return !ends.some((history) => lasts(history, isCalm, by.clearForMs));
    }
    return false;
  };
  const raised = ticks.map((_, i) => isRaisedAt(i));
  let isTold = false;
  return ticks.map(({ measurement }, i) => {
    const isRaised = raised[i] === true;
    const mayTell = measurement.value !== null && measurement.suppressedBy === undefined;
    const notice = isRaised ? (mayTell && !isTold ? "fired" : undefined) : isTold ? "cleared" : undefined;
    isTold = isRaised && (isTold || notice === "fired");
    return { isRaised, notice };
  });
}

const tick = fc.record({
  stepMs: fc.integer({ min: 1, max: 4 }),
  value: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null, freq: 6 }),
  suppressedBy: fc.option(fc.constantFrom("maintenance" as const, "root_cause" as const), {
    nil: undefined,
    freq: 3,
  }),
});
const anyRule = fc
  .record({
    threshold: fc.integer({ min: 1, max: 9 }),
    gap: fc.integer({ min: 0, max: 4 }),
    forMs: fc.integer({ min: 0, max: 8 }),
    clearForMs: fc.integer({ min: 0, max: 8 }),
  })
  .map(({ gap, ...over }) => ({ ...over, clearThreshold: over.threshold - gap }));

test("any history is judged as by definition, tick for tick", () => {
  fc.assert(
    fc.property(anyRule, fc.array(tick, { maxLength: 40 }), (by, steps) => {
      let atMs = 0;
      const ticks = steps.map(({ stepMs, value, suppressedBy }) => {
        atMs += stepMs;
        const measurement = { value, perHour: null, ...(suppressedBy ? { suppressedBy } : {}) };
        return { atMs, measurement };
      });
      const seen = run(by, ticks).map(({ isRaised, notice }) => ({ isRaised, notice }));
      expect(seen).toEqual(oracle(by, ticks));
    }),
    { numRuns: 300 },
  );
});

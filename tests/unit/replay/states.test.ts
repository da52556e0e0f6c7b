import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canBecome,
  isOpenRun,
  itemStates,
  type RunState,
  type RunStep,
  runStates,
  statesBefore,
  stepRun,
} from "@/lib/core/replay/states";

const steps: readonly RunStep[] = [
  "ask",
  "submit",
  "approve",
  "refuse",
  "discard",
  "start",
  "stop",
  "resume",
  "finish",
];

describe("a run", () => {
  test("goes from draft over a second person to its end", () => {
    const path: RunState[] = ["drafted"];
    for (const step of ["ask", "approve", "start", "stop", "resume", "finish"] as const) {
      path.push(stepRun(path.at(-1) ?? "done", step) ?? "done");
    }
    expect(path).toEqual(["drafted", "waiting", "ready", "running", "stopped", "running", "done"]);
  });

  test("does nothing a second time", () => {
    for (const state of runStates) {
      for (const step of steps) {
        const next = stepRun(state, step);
        if (next !== undefined) expect(stepRun(next, step)).toBeUndefined();
      }
    }
  });

  test("never begins while it waits for a second person", () => {
    expect(steps.filter((step) => stepRun("waiting", step) === "running")).toEqual([]);
    expect(stepRun("waiting", "start")).toBeUndefined();
    expect(stepRun("drafted", "start")).toBeUndefined();
  });

  test("that is over stays over", () => {
    for (const state of runStates.filter((one) => !isOpenRun(one))) {
      expect(steps.flatMap((step) => stepRun(state, step) ?? [])).toEqual([]);
    }
  });
});

describe("a message of a run", () => {
  test("is sent at most once, whatever happens to it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...itemStates), { maxLength: 60 }), (wanted) => {
        let state: (typeof itemStates)[number] = "planned";
        let sendings = 0;
        for (const next of wanted) {
          if (!canBecome(state, next)) continue;
          if (next === "sending") sendings += 1;
          state = next;
        }
        expect(sendings).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is sent only from being planned", () => {
    expect(statesBefore("sending")).toEqual(["planned"]);
    expect(statesBefore("planned")).toEqual([]);
  });

  test("that is unclear is settled by what is read back, and not sent again", () => {
    expect(itemStates.filter((to) => canBecome("unclear", to))).toEqual(["delivered", "failed"]);
  });
});

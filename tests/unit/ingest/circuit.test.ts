import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterFailure, type Circuit, circuitState, OPEN_AFTER, retryDelayMs } from "@/lib/ingest/circuit";

const closed: Circuit = { failures: 0, state: "closed" };

describe("a circuit", () => {
  test("opens after five failures in a row, not after four", () => {
    let circuit: Circuit = closed;
    for (let i = 1; i < OPEN_AFTER; i += 1) circuit = afterFailure(circuit);
    expect(circuit).toEqual({ failures: 4, state: "closed" });
    expect(afterFailure(circuit)).toEqual({ failures: 5, state: "open" });
  });

  test("a half-open one that fails is open again", () => {
    expect(afterFailure({ failures: 9, state: "half-open" })).toEqual({ failures: 10, state: "open" });
  });

  test("a word of another release counts as closed", () => {
    expect(circuitState("ajar")).toBe("closed");
    expect(circuitState("half-open")).toBe("half-open");
  });
});

describe("the delay before the next try", () => {
  test.each([
    [1, 1_000, 2_000],
    [2, 2_000, 4_000],
    [5, 16_000, 32_000],
    [6, 30_000, 60_000],
    [1_000, 30_000, 60_000],
  ])("after %i failures lies between %i and %i ms", (failures, least, most) => {
    expect(retryDelayMs({ failures, state: "open" }, 0)).toBe(least);
    expect(retryDelayMs({ failures, state: "open" }, 1)).toBe(most);
  });

  test("never falls with more failures and never exceeds a minute", () => {
    fc.assert(
      fc.property(fc.nat({ max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
        const delay = retryDelayMs({ failures, state: "open" }, chance);
        expect(delay).toBeGreaterThan(0);
        expect(delay).toBeLessThanOrEqual(60_000);
        expect(retryDelayMs({ failures: failures + 1, state: "open" }, chance)).toBeGreaterThanOrEqual(delay);
      }),
    );
  });
});

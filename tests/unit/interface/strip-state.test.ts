import { describe, expect, it } from "vitest";
import { stretchState } from "@/lib/core/interface/strip-state";

const level = (legs: Parameters<typeof stretchState>[0], isKnown = true) => stretchState(legs, isKnown).level;

describe("a stretch of the outcome strip", () => {
  it("is critical where several failed on a leg and nothing got through there, however well the others did", () => {
    expect(
      level([
        { ok: 0, failed: 3 },
        { ok: 5_000, failed: 0 },
      ]),
    ).toBe("critical");
    expect(level([{ ok: 0, failed: 2 }])).toBe("ok");
  });

  it("is a warning from five in a hundred on", () => {
    expect(level([{ ok: 95, failed: 5 }])).toBe("warning");
    expect(level([{ ok: 96, failed: 4 }])).toBe("ok");
  });

  it("counts all legs together", () => {
    expect(
      stretchState(
        [
          { ok: 10, failed: 2 },
          { ok: 3, failed: 1 },
        ],
        true,
      ),
    ).toEqual({
      level: "ok",
      failed: 3,
      ended: 16,
    });
  });

  it("is unknown, not well, where nothing was counted and nothing was watched", () => {
    expect(level([], false)).toBe("unknown");
    expect(level([], true)).toBe("ok");
    expect(level([{ ok: 1, failed: 0 }], false)).toBe("ok");
  });
});

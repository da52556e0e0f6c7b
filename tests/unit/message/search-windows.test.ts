import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchWindows } from "@/lib/core/message/search-windows";

const hour = 3_600_000;
const to = new Date("2026-11-24T08:00:00Z");
const range = { from: new Date(to.getTime() - 72 * hour), to };

describe("stretches of a search", () => {
  it("begins with a quarter of an hour at the newest end and grows to a day", () => {
    const lengths = [...searchWindows(range)].map(({ from, to }) => (to.getTime() - from.getTime()) / hour);
    expect(lengths).toEqual([0.25, 1, 4, 16, 24, 24, 2.75]);
  });

  it("goes on at the cursor's own instant, which may hold further rows", () => {
    const at = new Date(to.getTime() - 10 * hour);
    const [first] = searchWindows(range, { direction: "older", at, id: "1" });
    expect(first?.to.getTime()).toBe(at.getTime() + 1);
    const [newer] = searchWindows(range, { direction: "newer", at, id: "1" });
    expect(newer?.from).toEqual(at);
  });

  it("covers everything beyond the cursor once, without gap or overlap", () => {
    const length = fc.integer({ min: 1, max: 40 * 24 * hour });
    const cursor = fc.option(
      fc.record({
        direction: fc.constantFrom("older" as const, "newer" as const),
        offset: fc.integer({ min: -hour, max: 41 * 24 * hour }),
      }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(length, cursor, (lengthMs, given) => {
        const asked = { from: new Date(to.getTime() - lengthMs), to };
        const at = new Date(to.getTime() - (given?.offset ?? 0));
        const windows = [
          ...searchWindows(asked, given ? { direction: given.direction, at, id: "0" } : undefined),
        ];
        const ordered = given?.direction === "newer" ? windows : windows.toReversed();
        for (const [i, window] of ordered.entries()) {
          expect(window.from.getTime()).toBeLessThan(window.to.getTime());
          const next = ordered[i + 1];
          if (next) expect(next.from).toEqual(window.to);
        }
        const outer = given?.direction === "newer" ? ordered.at(-1)?.to : ordered[0]?.from;
        if (outer) expect(outer).toEqual(given?.direction === "newer" ? asked.to : asked.from);
      }),
    );
  });
});

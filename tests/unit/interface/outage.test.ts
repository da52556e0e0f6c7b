import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findOutages, type MinuteOutcome } from "@/lib/core/interface/outage";

const start = Date.parse("2026-11-24T02:10:00Z");
const minute = (offset: number, ok: number, failed: number): MinuteOutcome => ({
  at: new Date(start + offset * 60_000),
  ok,
  failed,
});

describe("outages of a leg", () => {
  it("runs from the first failure to the first success", () => {
    const found = findOutages([minute(0, 4, 0), minute(1, 0, 2), minute(5, 0, 3), minute(145, 1, 0)]);
    expect(found).toEqual([
      { from: new Date(start + 60_000), to: new Date(start + 145 * 60_000), failed: 5, isOver: true },
    ]);
  });

  it("is still going on where nothing got through afterwards", () => {
    const found = findOutages([minute(0, 0, 2), minute(3, 0, 2)]);
    expect(found).toEqual([
      { from: new Date(start), to: new Date(start + 4 * 60_000), failed: 4, isOver: false },
    ]);
  });

  it("does not call two failed messages an outage", () => {
    expect(findOutages([minute(0, 0, 2), minute(1, 5, 0)])).toEqual([]);
  });

  it("ends at a minute that had both, because something got through", () => {
    const found = findOutages([minute(0, 0, 3), minute(1, 1, 9)]);
    expect(found.map(({ failed, isOver }) => ({ failed, isOver }))).toEqual([{ failed: 3, isOver: true }]);
  });

  it("keeps one outage across quiet minutes", () => {
    expect(findOutages([minute(0, 0, 1), minute(10, 0, 1), minute(20, 0, 1)])).toHaveLength(1);
  });

  it("never counts a failure twice, and its stretches never overlap", () => {
    const minutes = fc
      .array(fc.record({ ok: fc.nat(3), failed: fc.nat(3) }), { maxLength: 60 })
      .map((all) => all.map(({ ok, failed }, i) => minute(i, ok, failed)));
    fc.assert(
      fc.property(minutes, (all) => {
        const found = findOutages(all);
        const pure = all.filter(({ ok }) => ok === 0).reduce((sum, { failed }) => sum + failed, 0);
        expect(found.reduce((sum, { failed }) => sum + failed, 0)).toBeLessThanOrEqual(pure);
        for (const [i, outage] of found.entries()) {
          expect(outage.from.getTime()).toBeLessThan(outage.to.getTime());
          const next = found[i + 1];
          if (next) expect(outage.to.getTime()).toBeLessThanOrEqual(next.from.getTime());
        }
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { figuresOf, type LegFigures, usualSpan } from "@/lib/core/interface/figures";
import { noCounts } from "@/lib/core/metric/outcome-counts";

const hour = 3_600_000;
const leg = (
  over: Partial<LegFigures> & { ok?: number; failed?: number; filtered?: number },
): LegFigures => ({
  legId: 1,
  name: "RIS",
  direction: "destination",
  p95Ms: null,
  counts: { ...noCounts, ok: over.ok ?? 0, failed: over.failed ?? 0, filtered: over.filtered ?? 0 },
  ...over,
});

describe("the figures of an interface", () => {
  it("counts volume where messages come in and failure where they go out", () => {
    const figures = figuresOf(
      [
        leg({ direction: "source", ok: 100, filtered: 20 }),
        leg({ ok: 90, failed: 10, p95Ms: 200 }),
        leg({ legId: 2, name: "LAB", ok: 100, p95Ms: 900 }),
      ],
      hour,
    );
    expect(figures).toEqual({
      messages: 120,
      failed: 10,
      failureRate: 0.05,
      p95Ms: 900,
      slowest: "LAB",
      perMinute: 2,
    });
  });

  it("counts what failed on the way in as failed too", () => {
    const figures = figuresOf([leg({ direction: "source", failed: 10 }), leg({ ok: 90 })], hour);
    expect(figures).toMatchObject({ failed: 10, failureRate: 0.1 });
  });

  it("measures the source leg where there is no destination", () => {
    const figures = figuresOf([leg({ direction: "source", ok: 30, failed: 10, p95Ms: 50 })], hour);
    expect(figures).toMatchObject({ failureRate: 0.25, p95Ms: 50 });
  });

  it("has no rate where nothing ended, rather than zero", () => {
    expect(figuresOf([leg({ direction: "source" }), leg({})], hour)).toMatchObject({
      messages: 0,
      failureRate: null,
      p95Ms: null,
    });
    expect(figuresOf([], 0).perMinute).toBeNull();
  });
});

describe("the usual span of a figure", () => {
  it("reaches from the lowest to the highest week that had a value", () => {
    expect(usualSpan([0.2, null, 0.1, 0.4])).toEqual({ low: 0.1, high: 0.4 });
    expect(usualSpan([null, null])).toBeUndefined();
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeLabels } from "@/components/charts/direct-labels";
import { columnAt, plotAreaOf, xOf } from "@/components/charts/plot-area";
import { gapsOf, highestValue, isAlone } from "@/components/charts/stack";
import { stripRuns } from "@/components/charts/strip-runs";
import { latencyTicks, valueTicks } from "@/components/charts/value-ticks";

const plot = plotAreaOf({ width: 664, height: 246 });

describe("the place under the pointer", () => {
  test("every bucket's middle finds that bucket, uneven buckets too", () => {
    const steps = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(steps, (hours) => {
        const edges = [0];
        for (const hour of hours) edges.push((edges.at(-1) ?? 0) + hour * 3_600_000);
        const found = hours.map((_, i) => {
          const middle = ((edges[i] ?? 0) + (edges[i + 1] ?? 0)) / 2;
          return columnAt(xOf(middle, { edges, plot }), { edges, plot });
        });
        expect(found).toEqual(hours.map((_, i) => i));
      }),
    );
  });
  test("outside the plot the nearest bucket counts", () => {
    const scale = { edges: [0, 10, 20], plot };
    expect([columnAt(-50, scale), columnAt(5000, scale)]).toEqual([0, 1]);
  });
});

describe("the height of an axis", () => {
  test("a stack is as high as its highest sum, lines as their highest value", () => {
    const series = [{ values: [1, 2, null] }, { values: [3, null, 2] }];
    expect(highestValue({ series, isStacked: true, others: [] })).toBe(4);
    expect(highestValue({ series, isStacked: false, others: [] })).toBe(3);
  });
  test("a comparison above the figures still fits", () => {
    expect(highestValue({ series: [{ values: [1] }], isStacked: true, others: [[9, null]] })).toBe(9);
  });
  test.each([
    [0, "messages", [0, 1, 2, 3, 4]],
    [3, "messages", [0, 1, 2, 3]],
    [287, "messages", [0, 100, 200, 300]],
    [0.0042, "share", [0, 0.001, 0.002, 0.003, 0.004, 0.005]],
    [23_900, "ms", [0, 5000, 10_000, 15_000, 20_000, 25_000]],
    [200_000, "ms", [0, 60_000, 120_000, 180_000, 240_000]],
  ] as const)("%d %s give round ticks from zero", (max, unit, ticks) => {
    expect(valueTicks(max, unit)).toEqual(ticks);
  });
  test("the top tick is never below the highest value", () => {
    const units = fc.constantFrom("messages", "ms", "share", "perMinute", "queued");
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e9, noNaN: true }), units, (max, unit) => {
        const ticks = valueTicks(max, unit);
        expect((ticks.at(-1) ?? 0) >= max * (1 - 1e-9)).toBe(true);
        expect(ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });
  test("a logarithmic axis names powers of ten, then minutes and hours", () => {
    expect(latencyTicks({ minMs: 33, maxMs: 700_000 })).toEqual([100, 1000, 10_000, 60_000, 600_000]);
  });
  test.each([
    [{ minMs: 201, maxMs: 2010 }, [200, 500, 1000, 2000]],
    [{ minMs: 60_000, maxMs: 300_000 }, [60_000, 120_000, 300_000]],
    [{ minMs: 1010, maxMs: 2010 }, [1000, 2000]],
  ])("a narrow spread of %o has at least two round ticks", (range, ticks) => {
    expect(latencyTicks(range)).toEqual(ticks);
  });
  test("a spread between two round values is named by its ends", () => {
    expect(latencyTicks({ minMs: 55, maxMs: 70 })).toEqual([55, 70]);
  });
});

describe("gaps", () => {
  test("a gap is where no series has a value", () => {
    const series = [{ values: [null, null, 1, null, null] }, { values: [null, 2, 1, null, null] }];
    expect(gapsOf(series, 5)).toEqual([
      { first: 0, last: 0 },
      { first: 3, last: 4 },
    ]);
  });
  test("zero is a value, not a gap", () => {
    expect(gapsOf([{ values: [0, 0] }], 2)).toEqual([]);
  });
  test("a value between two gaps stands alone, at the ends too", () => {
    expect([4, null, 5, 6, null, 7].map((_, i, values) => isAlone(values, i))).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe("direct labels", () => {
  test("labels of lines that meet are pushed apart and stay within the plot", () => {
    const series = ["p50", "p95", "p99"].map((key) => ({
      key,
      label: key,
      colour: "series-1" as const,
      values: [0.01],
    }));
    const heights = placeLabels({ series, plot, heightOf: (value) => value }).map(({ y }) => y);
    expect(heights.every((y, i) => i === 0 || (heights[i - 1] ?? 0) - y >= 13)).toBe(true);
    expect(Math.max(...heights)).toBeLessThanOrEqual(plot.top + plot.height);
  });
  test("a line without any value has no label", () => {
    const series = [{ key: "p50", label: "p50", colour: "series-1" as const, values: [null] }];
    expect(placeLabels({ series, plot, heightOf: (value) => value })).toEqual([]);
  });
});

describe("a day strip", () => {
  const strip = (states: string) =>
    stripRuns(
      [...states].map((letter, i) => ({
        fromMs: i,
        toMs: i + 1,
        state:
          letter === "c" ? ("critical" as const) : letter === "u" ? ("unknown" as const) : ("ok" as const),
        label: "",
      })),
    ).map(({ fromMs, toMs, isAbnormal }) => `${isAbnormal ? "!" : ""}${fromMs}-${toMs}`);

  test("neighbouring abnormal hours are one stretch", () => {
    expect(strip("ooocuoo")).toEqual(["0-3", "!3-5", "5-7"]);
  });
  test("two calm hours between join, three do not", () => {
    expect(strip("coocooocoo")).toEqual(["!0-4", "4-7", "!7-8", "8-10"]);
  });
  test("a calm day is one stretch", () => {
    expect(strip("oooo")).toEqual(["0-4"]);
  });
});

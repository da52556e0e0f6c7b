import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldIntoRows, heatLevel, heightOf, latencyRowEdges } from "@/components/charts/heat-rows";

describe("latency rows", () => {
  test("cover the asked latencies in about equal logarithmic steps", () => {
    expect(latencyRowEdges({ minMs: 120, maxMs: 900 })).toEqual([0, 100, 150, 220, 330, 470, 680, 1000]);
  });

  test("every latency asked for lies below the last edge", () => {
    const latencies = fc.tuple(
      fc.integer({ min: 0, max: 600_000_000 }),
      fc.integer({ min: 0, max: 600_000_000 }),
    );
    fc.assert(
      fc.property(latencies, ([a, b]) => {
        const edges = latencyRowEdges({ minMs: Math.min(a, b), maxMs: Math.max(a, b) });
        expect((edges.at(-1) ?? 0) > Math.max(a, b)).toBe(true);
        expect(edges.every((edge, i) => i === 0 || edge > (edges[i - 1] ?? 0))).toBe(true);
      }),
    );
  });

  test("an edge belongs to the row above it", () => {
    expect(
      foldIntoRows(
        [
          [149, 1],
          [150, 2],
          [10, 4],
        ],
        [0, 100, 150, 220],
      ),
    ).toEqual([4, 1, 2]);
  });

  test("no count is lost, beyond the last edge either", () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 1000 })));
    fc.assert(
      fc.property(pairs, (counted) => {
        const rows = foldIntoRows(counted, latencyRowEdges({ minMs: 50, maxMs: 60_000 }));
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        expect(sum(rows)).toBe(sum(counted.map(([, count]) => count)));
      }),
    );
  });

  test("height grows with latency from row to row", () => {
    const edges = [0, 100, 150, 220];
    expect([100, 150, 220].map((ms) => Math.round(heightOf(ms, edges) * 3000) / 3000)).toEqual([
      1 / 3,
      2 / 3,
      1,
    ]);
    expect(heightOf(120, edges) > heightOf(110, edges)).toBe(true);
  });
});

describe("depth of a cell", () => {
  test.each([
    [0, 500, 0],
    [1, 500, 1],
    [500, 500, 6],
    [1, 1, 6],
  ])("%d of at most %d is depth %d", (count, max, level) => {
    expect(heatLevel(count, max)).toBe(level);
  });
});

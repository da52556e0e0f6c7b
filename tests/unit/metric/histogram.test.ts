import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
  createTally,
  type HistogramKind,
  histogramKinds,
  kindOffsets,
  mergeHistograms,
} from "@/lib/core/metric/histogram";
import { readHistogram } from "@/lib/core/metric/histogram-codec";
import { bucketOf } from "@/lib/core/metric/latency-buckets";

// Thousands of cases take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const CASES = 10_000;

const anEntry = fc.record({
  kind: fc.constantFrom(...histogramKinds),
  // Small, middling and large latencies all occur.
  latencyMs: fc.oneof(fc.nat(50), fc.nat(60_000), fc.nat(2_147_483_647)),
});
type Entry = { readonly kind: HistogramKind; readonly latencyMs: number };
const entries = fc.array(anEntry, { maxLength: 30 });

function histogramOf(list: readonly Entry[]): Buffer {
  const tally = createTally();
  const buckets = list.map(({ kind, latencyMs }) => bucketOf(latencyMs) + kindOffsets[kind]);
  tally.addPairs({ buckets, counts: buckets.map(() => 1) });
  return tally.encode();
}

describe("histograms", () => {
  test("merge to the same bytes in any order and grouping", () => {
    fc.assert(
      fc.property(entries, entries, entries, (a, b, c) => {
        const whole = histogramOf([...a, ...b, ...c]);
        const [x, y, z] = [histogramOf(a), histogramOf(b), histogramOf(c)];
        expect(mergeHistograms([mergeHistograms([x, y]), z])).toEqual(whole);
        expect(mergeHistograms([z, mergeHistograms([y, x])])).toEqual(whole);
      }),
      { numRuns: CASES },
    );
  });

  test("give back what was merged in when it is subtracted", () => {
    fc.assert(
      fc.property(entries, entries, (a, b) => {
        const tally = createTally();
        tally.add(histogramOf([...a, ...b]));
        tally.subtract(histogramOf(b));
        expect(tally.encode()).toEqual(histogramOf(a));
      }),
      { numRuns: CASES },
    );
  });

  test("answer percentiles within 1 % of the exact inverted CDF", () => {
    const values = fc.array(anEntry, { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, (list) => {
        const tally = createTally();
        tally.add(histogramOf(list));
        for (const kind of histogramKinds) {
          const exact = list.filter((entry) => entry.kind === kind).map(({ latencyMs }) => latencyMs);
          const found = tally.percentiles(kind);
          for (const percent of [50, 95, 99] as const)
            expectClose(found[`p${percent}`], percentileOf(exact, percent));
        }
      }),
      { numRuns: CASES },
    );
  });

  test("have no percentile without samples", () => {
    expect(createTally().percentiles("wait")).toEqual({ p50: null, p95: null, p99: null });
  });

  test("keep counts beyond 32 bits", () => {
    const tally = createTally();
    tally.addPairs({ buckets: [3, 2051], counts: [5_000_000_000_000, 1] });
    const read: [number, number][] = [];
    readHistogram(tally.encode(), (bucket, count) => read.push([bucket, count]));
    expect(read).toEqual([
      [3, 5_000_000_000_000],
      [2051, 1],
    ]);
  });

  test("cut off inside a number are refused", () => {
    const bytes = histogramOf([{ kind: "latency", latencyMs: 1_000 }]);
    expect(() => createTally().add(bytes.subarray(0, bytes.length - 1))).toThrow("cut off");
  });

  test("of every size are encoded whole", () => {
    const buckets = Array.from({ length: 3_000 }, (_, i) => i);
    const tally = createTally();
    tally.addPairs({ buckets, counts: buckets.map((bucket) => 2 ** 40 + bucket) });
    const again = createTally();
    again.add(tally.encode());
    expect(again.encode()).toEqual(tally.encode());
  });
});

function percentileOf(values: readonly number[], percent: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil((percent * sorted.length) / 100)) - 1] ?? null;
}

function expectClose(found: number | null, exact: number | null): void {
  if (exact === null || found === null) expect(found).toBe(exact);
  else expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.01 + 1e-6);
}

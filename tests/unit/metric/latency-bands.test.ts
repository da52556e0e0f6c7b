import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { countBands, latencyBands } from "@/lib/core/metric/latency-bands";
import { bucketOf } from "@/lib/core/metric/latency-buckets";

// Thousands of cases take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

test("bands follow each other from 0 without a gap", () => {
  expect(latencyBands[0]).toEqual({ fromMs: 0, toMs: 1 });
  latencyBands.slice(1).forEach(({ fromMs, toMs }, i) => {
    expect(fromMs).toBe(latencyBands[i]?.toMs);
    expect(toMs).toBeGreaterThan(fromMs);
  });
});

test("a band counts exactly the messages whose latency lies in it", () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat(200), fc.nat(100_000), fc.nat(2_147_483_647)), (latencyMs) => {
      const counts = countBands([{ bucket: bucketOf(latencyMs), count: 3 }]);
      const band = latencyBands.findIndex(({ fromMs, toMs }) => latencyMs >= fromMs && latencyMs < toMs);
      expect(counts.map((count, i) => [i, count]).filter(([, count]) => count !== 0)).toEqual([[band, 3]]);
    }),
    { numRuns: 10_000 },
  );
});

import { describe, expect, test } from "vitest";
import {
  bucketOf,
  bucketSpan,
  estimateMs,
  latencyBounds,
  MAX_LATENCY_MS,
} from "@/lib/core/metric/latency-buckets";

describe("latency buckets", () => {
  test("cover every integer up to the largest without a gap or an overlap", () => {
    latencyBounds.forEach((firstMs, bucket) => {
      const { lastMs } = bucketSpan(bucket);
      expect(bucketSpan(bucket).firstMs).toBe(firstMs);
      expect(lastMs + 1).toBe(latencyBounds[bucket + 1] ?? MAX_LATENCY_MS + 1);
      expect([bucketOf(firstMs), bucketOf(lastMs)]).toEqual([bucket, bucket]);
    });
  });

  test("estimate every integer within 1 %: the ends of a bucket are the worst", () => {
    latencyBounds.forEach((firstMs, bucket) => {
      const { lastMs } = bucketSpan(bucket);
      // Whole numbers throughout: |2ab/(a+b) − a| ≤ a/100 is 99 b ≤ 101 a.
      expect(99 * lastMs).toBeLessThanOrEqual(101 * firstMs);
      expect(Math.abs(estimateMs(bucket) - firstMs)).toBeLessThanOrEqual(firstMs * 0.01 + 1e-6);
      expect(Math.abs(estimateMs(bucket) - lastMs)).toBeLessThanOrEqual(lastMs * 0.01 + 1e-6);
    });
  });

  test("one millisecond more in any bucket would be too wide", () => {
    for (const [bucket, firstMs] of latencyBounds.entries()) {
      const { lastMs } = bucketSpan(bucket);
      if (lastMs < MAX_LATENCY_MS && firstMs > 0) expect(99 * (lastMs + 1)).toBeGreaterThan(101 * firstMs);
    }
  });

  test("leave room below the offsets of the kinds", () => {
    expect(latencyBounds.length).toBeLessThanOrEqual(1024);
  });
});

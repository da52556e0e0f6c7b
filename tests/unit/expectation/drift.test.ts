import { describe, expect, it } from "vitest";
import { headDrift, latencyDrift, queueDrift, volumeDrift } from "@/lib/core/expectation/drift";
import { expectedVolumes } from "@/lib/core/expectation/volumes";

const hour = { low: 40, median: 60, high: 80 };

describe("drift", () => {
  it("of volume begins below half of the least and above twice the most", () => {
    expect(volumeDrift(39, [hour, hour])).toEqual({ kind: "too_few", messages: 39, expectedLow: 80 });
    expect(volumeDrift(40, [hour, hour])).toBeUndefined();
    expect(volumeDrift(320, [hour, hour])).toBeUndefined();
    expect(volumeDrift(321, [hour, hour])).toEqual({ kind: "too_many", messages: 321, expectedHigh: 160 });
  });

  it("of volume is not judged where an hour is not known, or where few messages come", () => {
    expect(volumeDrift(0, [hour, null])).toBeUndefined();
    expect(volumeDrift(0, [{ low: 2, median: 4, high: 9 }])).toBeUndefined();
  });

  it("of latency is told from the middle of earlier weeks, so that one slow week changes nothing", () => {
    expect(latencyDrift(2_500, [900, 1_000, 90_000, null])).toEqual({
      kind: "slower",
      p95Ms: 2_500,
      usualMs: 1_000,
    });
    expect(latencyDrift(1_900, [900, 1_000, 1_100])).toBeUndefined();
    expect(latencyDrift(9_000, [1_000, null, null])).toBeUndefined();
    expect(latencyDrift(null, [1_000, 1_000, 1_000])).toBeUndefined();
  });

  it("of a queue is told when it grows, not when it has once been long", () => {
    const depths = (values: readonly number[]) =>
      values.map((depth, i) => ({ at: new Date(i * 600_000), depth }));
    expect(queueDrift(depths([5, 15, 25, 35, 45]))).toEqual({
      kind: "queue_growing",
      perHour: 60,
      depth: 45,
    });
    expect(queueDrift(depths([5, 300, 5, 4, 5]))).toBeUndefined();
    expect(queueDrift(depths([0, 1, 2, 3]))).toBeUndefined();
  });

  it("of a head of queue begins above what is allowed", () => {
    expect(headDrift(300_001, 300_000)).toEqual({ kind: "head_old", headAgeMs: 300_001, limitMs: 300_000 });
    expect(headDrift(300_000, 300_000)).toBeUndefined();
    expect(headDrift(null, 300_000)).toBeUndefined();
  });
});

describe("expected volume", () => {
  it("is the median of the weeks, whatever one outage did", () => {
    const volumes = expectedVolumes([100, 104, 0, 96, 100].map((messages) => ({ hourOfWeek: 58, messages })));
    expect(volumes[58]).toEqual({ low: 80, median: 100, high: 120 });
    expect(volumes[59]).toBeNull();
  });
});

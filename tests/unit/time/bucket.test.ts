import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketEdges, bucketTitle, chooseBucket, MAX_BUCKETS } from "@/lib/core/time/bucket";
import { resolveRange, type TimeRange } from "@/lib/core/time/range";
import { zonedParts } from "@/lib/core/time/zone";

const at = (text: string) => new Date(text);
const now = at("2026-11-24T10:42:31Z");

describe("bucket choice", () => {
  test.each([
    ["1h", "1 min"],
    ["6h", "1 min"],
    ["24h", "5 min"],
    ["7d", "1 h"],
    ["30d", "2 h"],
    ["90d", "6 h"],
    ["13mo", "1 day"],
  ] as const)("%s is drawn in steps of %s", (preset, title) => {
    const query = { selection: { kind: "preset", preset }, zone: "Europe/Berlin", compare: "none" } as const;
    expect(bucketTitle(chooseBucket(resolveRange(query, now)))).toBe(title);
  });

  test("seven years are drawn in weeks", () => {
    expect(chooseBucket({ from: at("2019-11-24T00:00:00Z"), to: now })).toEqual({ unit: "day", count: 7 });
  });
});

describe("bucket edges", () => {
  test("a day of 25 hours ends with one short bucket", () => {
    const range = { from: at("2026-10-24T22:00:00Z"), to: at("2026-10-25T23:00:00Z") };
    const edges = bucketEdges({ range, bucket: { unit: "hour", count: 6 }, zone: "Europe/Berlin" });
    expect(edges.map((edge) => edge.toISOString().slice(5, 16))).toEqual([
      "10-24T22:00",
      "10-25T04:00",
      "10-25T10:00",
      "10-25T16:00",
      "10-25T22:00",
      "10-25T23:00",
    ]);
  });

  test("day edges are midnights of the zone across a clock change", () => {
    const range = { from: at("2026-03-28T12:00:00Z"), to: at("2026-03-30T12:00:00Z") };
    const edges = bucketEdges({ range, bucket: { unit: "day", count: 1 }, zone: "Europe/Berlin" });
    expect(edges).toEqual([
      at("2026-03-27T23:00:00Z"),
      at("2026-03-28T23:00:00Z"),
      at("2026-03-29T22:00:00Z"),
      at("2026-03-30T22:00:00Z"),
    ]);
    expect(edges.map((edge) => zonedParts(edge, "Europe/Berlin").hour)).toEqual([0, 0, 0, 0]);
  });

  test("edges ascend, cover the range tightly and stay few", () => {
    const ranges = fc
      .tuple(
        fc.date({ min: at("2019-01-01T00:00:00Z"), max: at("2027-01-01T00:00:00Z"), noInvalidDate: true }),
        fc.integer({ min: 60_000, max: 7 * 365 * 86_400_000 }),
      )
      .map(([from, ms]): TimeRange => ({ from, to: new Date(from.getTime() + ms) }));
    fc.assert(
      fc.property(
        ranges,
        fc.constantFrom("UTC", "Europe/Berlin", "Africa/Cairo", "Asia/Kathmandu"),
        (range, zone) => {
          const edges = bucketEdges({ range, bucket: chooseBucket(range), zone });
          const [first, second] = edges;
          const [beforeLast, last] = edges.slice(-2);
          expect(edges.every((edge, i) => i === 0 || edge > (edges[i - 1] ?? edge))).toBe(true);
          expect(first && second && first <= range.from && second > range.from).toBe(true);
          expect(last && beforeLast && last >= range.to && beforeLast < range.to).toBe(true);
          // A clock change adds at most one short bucket a year; partial first and last buckets add one each.
          expect(edges.length - 1).toBeLessThanOrEqual(MAX_BUCKETS + 9);
        },
      ),
      { numRuns: 200 },
    );
  });
});

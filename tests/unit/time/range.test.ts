import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  comparisonRange,
  comparisons,
  lengthMs,
  presetNames,
  type RangeQuery,
  resolveRange,
  snapRange,
  type TimeRange,
} from "@/lib/core/time/range";
import { parseRangeQuery, printRangeQuery } from "@/lib/core/time/range-query";
import { timeRangeSchema } from "@/lib/core/time/range-schema";

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Africa/Cairo",
];
const defaults = { zone: "Europe/Berlin" } as const;
const at = (text: string) => new Date(text);
const range = (from: string, to: string): TimeRange => ({ from: at(from), to: at(to) });
const preset = (name: (typeof presetNames)[number], zone = "Europe/Berlin"): RangeQuery => ({
  selection: { kind: "preset", preset: name },
  zone,
  compare: "none",
});

const anInstant = fc.date({
  min: at("2019-01-01T00:00:00Z"),
  max: at("2030-01-01T00:00:00Z"),
  noInvalidDate: true,
});
const aZone = fc.constantFrom(...zones);
const aRange = fc
  .tuple(anInstant, fc.integer({ min: 1, max: 400 * 86_400_000 }))
  .map(([from, ms]): TimeRange => ({ from, to: new Date(from.getTime() + ms) }));
const aQuery: fc.Arbitrary<RangeQuery> = fc.record({
  selection: fc.oneof(
    fc.constantFrom(...presetNames).map((name) => ({ kind: "preset" as const, preset: name })),
    aRange.map((absolute) => ({ kind: "absolute" as const, ...absolute })),
  ),
  zone: aZone,
  compare: fc.constantFrom(...comparisons),
});

describe("the range in the address", () => {
  test("every query survives printing and parsing", () => {
    fc.assert(
      fc.property(aQuery, (query) => {
        expect(parseRangeQuery(printRangeQuery(query, defaults), defaults)).toEqual({ query, ignored: [] });
      }),
      { numRuns: 500 },
    );
  });

  test("a default query prints nothing", () => {
    expect(printRangeQuery(preset("24h"), defaults)).toEqual({});
  });

  test("an absolute range wins over a preset", () => {
    const { query } = parseRangeQuery(
      { range: "7d", from: "2026-11-23T18:00:00Z", to: "2026-11-24T07:15:00+01:00" },
      defaults,
    );
    expect(query.selection).toEqual({
      kind: "absolute",
      ...range("2026-11-23T18:00:00Z", "2026-11-24T06:15:00Z"),
    });
  });

  test("a bad value is named and the others still count", () => {
    expect(parseRangeQuery({ range: "5h", zone: "Mars/Olympus", compare: "previous" }, defaults)).toEqual({
      query: { ...preset("24h"), compare: "previous" },
      ignored: ["zone", "range"],
    });
  });

  test.each([
    ["the end before the start", { from: "2026-11-24T00:00:00Z", to: "2026-11-23T00:00:00Z" }],
    ["an empty range", { from: "2026-11-24T00:00:00Z", to: "2026-11-24T00:00:00Z" }],
    ["more than seven years", { from: "2010-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z" }],
    ["a time without an offset", { from: "2026-11-23T00:00:00", to: "2026-11-24T00:00:00" }],
  ])("%s is refused and named", (_, params) => {
    const { query, ignored } = parseRangeQuery(params, defaults);
    expect(query.selection).toEqual({ kind: "preset", preset: "24h" });
    expect([...ignored].sort()).toEqual(["from", "to"]);
  });

  test("one end alone is refused and named", () => {
    expect(parseRangeQuery({ from: "2026-11-24T00:00:00Z" }, defaults).ignored).toEqual(["from"]);
  });

  test("a repeated parameter counts once, the first", () => {
    expect(parseRangeQuery({ range: ["7d", "1h"] }, defaults).query).toEqual(preset("7d"));
  });
});

describe("presets", () => {
  const now = at("2026-11-24T10:42:31Z");

  test("hours count back from now", () => {
    expect(resolveRange(preset("6h"), now)).toEqual(range("2026-11-24T04:42:31Z", "2026-11-24T10:42:31Z"));
  });

  test("yesterday follows the zone's calendar", () => {
    expect(resolveRange(preset("yesterday", "America/New_York"), now)).toEqual(
      range("2026-11-23T05:00:00Z", "2026-11-24T05:00:00Z"),
    );
  });

  test("yesterday has 25 hours when the clocks went back", () => {
    const yesterday = resolveRange(preset("yesterday"), at("2026-10-26T09:00:00Z"));
    expect(yesterday).toEqual(range("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"));
  });

  test("last night runs from 18:00 to 07:15", () => {
    expect(resolveRange(preset("last-night"), now)).toEqual(
      range("2026-11-23T17:00:00Z", "2026-11-24T06:15:00Z"),
    );
  });

  test("last night is still running at three", () => {
    expect(resolveRange(preset("last-night"), at("2026-11-24T02:00:00Z"))).toEqual(
      range("2026-11-23T17:00:00Z", "2026-11-24T02:00:00Z"),
    );
  });

  test("thirteen months back from the 31st lands on the last day of a shorter month", () => {
    expect(resolveRange(preset("13mo", "UTC"), at("2026-03-31T12:00:00Z")).from).toEqual(
      at("2025-02-28T00:00:00Z"),
    );
  });

  test("every preset is a forward range that ends at or before now", () => {
    fc.assert(
      fc.property(fc.constantFrom(...presetNames), aZone, anInstant, (name, zone, when) => {
        const resolved = resolveRange(preset(name, zone), when);
        expect(resolved.from.getTime()).toBeLessThanOrEqual(resolved.to.getTime());
        expect(resolved.to.getTime()).toBeLessThanOrEqual(when.getTime());
      }),
    );
  });
});

describe("comparison", () => {
  test("the previous period ends where the range begins", () => {
    expect(comparisonRange(range("2026-11-24T00:00:00Z", "2026-11-24T06:00:00Z"), "previous")).toEqual(
      range("2026-11-23T18:00:00Z", "2026-11-24T00:00:00Z"),
    );
  });

  test("last week is the same hours seven days before", () => {
    expect(comparisonRange(range("2026-11-24T00:00:00Z", "2026-11-24T06:00:00Z"), "last-week")).toEqual(
      range("2026-11-17T00:00:00Z", "2026-11-17T06:00:00Z"),
    );
  });

  test("no comparison is no range", () => {
    expect(comparisonRange(range("2026-11-24T00:00:00Z", "2026-11-24T06:00:00Z"), "none")).toBeUndefined();
  });

  test("a comparison has the same length and never overlaps the range", () => {
    fc.assert(
      fc.property(aRange, fc.constantFrom("previous", "last-week"), (base, compare) => {
        const other = comparisonRange(base, compare);
        expect(other && lengthMs(other)).toBe(lengthMs(base));
        expect(other && other.to <= base.from).toBe(true);
      }),
    );
  });
});

describe("snapping", () => {
  test("six hours snap outwards to the minute", () => {
    expect(snapRange(range("2026-11-24T04:42:31Z", "2026-11-24T10:42:31Z"))).toEqual(
      range("2026-11-24T04:42:00Z", "2026-11-24T10:43:00Z"),
    );
  });

  test("more than six hours snap outwards to the hour", () => {
    expect(snapRange(range("2026-11-24T04:42:30Z", "2026-11-24T10:42:31Z"))).toEqual(
      range("2026-11-24T04:00:00Z", "2026-11-24T11:00:00Z"),
    );
  });

  test("a snapped range covers the asked one and the hour step is stable under repetition", () => {
    fc.assert(
      fc.property(aRange, (asked) => {
        const snapped = snapRange(asked);
        expect(snapped.from <= asked.from && snapped.to >= asked.to).toBe(true);
        if (lengthMs(asked) > 6 * 3_600_000) expect(snapRange(snapped)).toEqual(snapped);
      }),
    );
  });
});

describe("a range as an input", () => {
  test("two ISO texts become instants", () => {
    expect(timeRangeSchema.parse({ from: "2026-11-24T00:00:00Z", to: "2026-11-24T07:00:00+01:00" })).toEqual(
      range("2026-11-24T00:00:00Z", "2026-11-24T06:00:00Z"),
    );
  });

  test.each([
    ["a backward range", { from: "2026-11-24T00:00:00Z", to: "2026-11-23T00:00:00Z" }],
    ["a day that does not exist", { from: "2026-02-30T00:00:00Z", to: "2026-11-23T00:00:00Z" }],
    ["a time without offset", { from: "2026-11-24T00:00:00", to: "2026-11-25T00:00:00" }],
  ])("%s is refused", (_, input) => {
    expect(timeRangeSchema.safeParse(input).success).toBe(false);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { timeTicks } from "@/lib/core/time/ticks";

const at = (text: string) => new Date(text);
const labels = (from: string, to: string, zone: string, maxCount = 8) =>
  timeTicks({ range: { from: at(from), to: at(to) }, zone, maxCount }).map(({ label }) => label);

describe("labels of a time axis", () => {
  test("an hour is labelled in round minutes", () => {
    expect(labels("2026-11-24T09:42:31Z", "2026-11-24T10:42:31Z", "Europe/Berlin")).toEqual([
      "10:50",
      "11:00",
      "11:10",
      "11:20",
      "11:30",
      "11:40",
    ]);
  });

  test("a day is labelled in clock times, midnight with its date", () => {
    expect(labels("2026-11-23T11:00:00Z", "2026-11-24T11:00:00Z", "Europe/Berlin", 6)).toEqual([
      "12:00",
      "18:00",
      "24 Nov",
      "06:00",
      "12:00",
    ]);
  });

  test("noon stays noon on the day the clocks go back", () => {
    expect(labels("2026-10-24T22:00:00Z", "2026-10-26T11:00:00Z", "Europe/Berlin", 4)).toEqual([
      "25 Oct",
      "12:00",
      "26 Oct",
      "12:00",
    ]);
  });

  test("a year is labelled in months, January with its year", () => {
    expect(labels("2025-11-24T00:00:00Z", "2026-11-24T00:00:00Z", "UTC", 5)).toEqual([
      "2026",
      "Apr",
      "Jul",
      "Oct",
    ]);
  });

  test("ticks ascend, lie within the range and are not many more than asked for", () => {
    const froms = fc.date({
      min: at("2020-01-01T00:00:00Z"),
      max: at("2027-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    const lengths = fc.integer({ min: 3_600_000, max: 5 * 365 * 86_400_000 });
    const zones = fc.constantFrom("UTC", "Europe/Berlin", "Africa/Cairo", "Asia/Kathmandu");
    fc.assert(
      fc.property(froms, lengths, zones, fc.integer({ min: 2, max: 14 }), (from, ms, zone, maxCount) => {
        const range = { from, to: new Date(from.getTime() + ms) };
        const ticks = timeTicks({ range, zone, maxCount });
        expect(ticks.every(({ at: tick }) => tick >= range.from && tick <= range.to)).toBe(true);
        expect(ticks.every(({ at: tick }, i) => i === 0 || tick > (ticks[i - 1]?.at ?? tick))).toBe(true);
        expect(ticks.length).toBeLessThanOrEqual(maxCount + 2);
      }),
      { numRuns: 150 },
    );
  });
});

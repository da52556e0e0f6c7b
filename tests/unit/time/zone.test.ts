import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantAt, isZone, startOfDay, zonedParts, zoneOffsetMinutes } from "@/lib/core/time/zone";

const at = (text: string) => new Date(text);

describe("zones", () => {
  test.each([
    ["Europe/Berlin", true],
    ["UTC", true],
    ["Mars/Olympus", false],
    ["+01:00", false],
    ["", false],
  ])("%j is a zone: %s", (name, expected) => {
    expect(isZone(name)).toBe(expected);
  });

  test.each([
    ["Europe/Berlin", "2026-07-01T00:00:00Z", 120],
    ["Europe/Berlin", "2026-12-01T00:00:00Z", 60],
    ["America/St_Johns", "2026-12-01T00:00:00Z", -210],
    ["Asia/Kathmandu", "2026-12-01T00:00:00Z", 345],
  ])("%s at %s is %d minutes ahead", (zone, instant, minutes) => {
    expect(zoneOffsetMinutes(at(instant), zone)).toBe(minutes);
  });
});

describe("the instant of a wall-clock time", () => {
  const wall = (month: number, day: number, hour: number, minute = 0) => ({
    year: 2026,
    month,
    day,
    hour,
    minute,
  });

  test("a time that occurs twice gives the first", () => {
    expect(instantAt(wall(10, 25, 2, 30), "Europe/Berlin")).toEqual(at("2026-10-25T00:30:00Z"));
  });

  test("a skipped time moves on by the jump", () => {
    expect(instantAt(wall(3, 29, 2, 30), "Europe/Berlin")).toEqual(at("2026-03-29T01:30:00Z"));
  });

  test("day overflow carries into the next month", () => {
    expect(instantAt({ year: 2026, month: 12, day: 32 }, "UTC")).toEqual(at("2027-01-01T00:00:00Z"));
  });
});

describe("calendar days", () => {
  test("a day whose midnight is skipped starts at the jump", () => {
    // Cairo moves its clocks at midnight: 2026-04-24 begins at 01:00.
    const start = startOfDay({ instant: at("2026-04-24T12:00:00Z"), zone: "Africa/Cairo" });
    expect(start).toEqual(at("2026-04-23T22:00:00Z"));
    expect(zonedParts(start, "Africa/Cairo")).toMatchObject({ day: 24, hour: 1, minute: 0 });
  });

  test("a day never starts after the instant it holds, and the instant before it is the day before", () => {
    const zones = [
      "Europe/Berlin",
      "America/New_York",
      "Africa/Cairo",
      "Asia/Kathmandu",
      "Australia/Lord_Howe",
    ];
    const instants = fc.date({
      min: at("2015-01-01T00:00:00Z"),
      max: at("2031-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
        const start = startOfDay({ instant, zone });
        const day = zonedParts(instant, zone).day;
        expect(start <= instant).toBe(true);
        expect(zonedParts(start, zone).day).toBe(day);
        expect(zonedParts(new Date(start.getTime() - 1), zone).day).not.toBe(day);
      }),
      { numRuns: 1000 },
    );
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { parseWallText, printWallText } from "@/lib/core/time/wall-text";
import { zoneOffsetMinutes } from "@/lib/core/time/zone";

const zone = "Europe/Berlin";

test("a clock reading becomes the instant it means in the zone", () => {
  expect(parseWallText({ text: "2026-11-24T02:14", zone })).toEqual(new Date("2026-11-24T01:14:00Z"));
});

test.each(["2026-11-24", "2026-13-01T00:00", "2026-11-24T25:00", "yesterday", ""])(
  "%j is no clock reading",
  (text) => {
    expect(parseWallText({ text, zone })).toBeUndefined();
  },
);

test("whole minutes survive printing and parsing, but for the hour that occurs twice", () => {
  const minutes = fc.integer({ min: 26_000_000, max: 31_000_000 });
  fc.assert(
    fc.property(minutes, fc.constantFrom("UTC", zone, "America/St_Johns"), (minute, anyZone) => {
      const at = new Date(minute * 60_000);
      const back = parseWallText({ text: printWallText({ at, zone: anyZone }), zone: anyZone });
      const hourBefore = new Date(at.getTime() - 3_600_000);
      const isRepeated =
        zoneOffsetMinutes(hourBefore, anyZone) > zoneOffsetMinutes(at, anyZone) &&
        back?.getTime() !== at.getTime();
      expect(back).toEqual(isRepeated ? hourBefore : at);
    }),
  );
});

import { describe, expect, test } from "vitest";
import {
  formatAgo,
  formatClock,
  formatDuration,
  formatMoment,
  formatOffset,
  formatRange,
} from "@/lib/core/time/format";

const at = (text: string) => new Date(text);
const zone = "Europe/Berlin";
const now = at("2026-11-24T10:42:31Z");

describe("moments", () => {
  test("a moment of today is only a clock time", () => {
    expect(formatMoment({ at: at("2026-11-24T01:14:09Z"), zone, now })).toBe("02:14");
  });
  test("a moment of another day names it", () => {
    expect(formatMoment({ at: at("2026-11-22T23:14:09Z"), zone, now })).toBe("Mon 23 Nov 00:14");
  });
  test("a moment of another year names the year", () => {
    expect(formatMoment({ at: at("2025-12-31T22:59:59Z"), zone, now })).toBe("Wed 31 Dec 2025 23:59");
  });
  test("seconds are shown on request", () => {
    expect(formatClock({ at: at("2026-11-24T01:14:09Z"), zone, withSeconds: true })).toBe("02:14:09");
  });
  test("a range within one day names the day once", () => {
    const range = { from: at("2026-11-24T01:00:00Z"), to: at("2026-11-24T03:30:00Z") };
    expect(formatRange({ range, zone, now })).toBe("Tue 24 Nov 02:00 – 04:30");
  });
  test("a range over midnight names both days", () => {
    const range = { from: at("2026-11-23T17:00:00Z"), to: at("2026-11-24T06:15:00Z") };
    expect(formatRange({ range, zone, now })).toBe("Mon 23 Nov 18:00 – Tue 24 Nov 07:15");
  });
});

describe("offsets", () => {
  test.each([
    ["Europe/Berlin", "UTC+01:00"],
    ["America/St_Johns", "UTC−03:30"],
    ["UTC", "UTC"],
  ])("%s in November reads %s", (name, label) => {
    expect(formatOffset({ at: now, zone: name })).toBe(label);
  });
});

describe("relative times", () => {
  test.each([
    ["2026-11-24T10:42:00Z", "just now"],
    ["2026-11-24T10:41:40Z", "1 min ago"],
    ["2026-11-24T05:40:00Z", "5 h ago"],
    ["2026-11-20T05:40:00Z", "4 days ago"],
    ["2026-11-24T12:50:00Z", "in 2 h"],
  ])("%s is %s", (instant, label) => {
    expect(formatAgo({ at: at(instant), now })).toBe(label);
  });
});

describe("durations", () => {
  test.each([
    [null, "—"],
    [0, "0 ms"],
    [850, "850 ms"],
    [999.6, "1 s"],
    [1240, "1.24 s"],
    [12_400, "12.4 s"],
    [59_960, "1 min 00 s"],
    [185_000, "3 min 05 s"],
    [7_800_000, "2 h 10 min"],
    [273_600_000, "3 d 4 h"],
    [-250, "−250 ms"],
  ])("%s milliseconds read %s", (ms, label) => {
    expect(formatDuration(ms)).toBe(label);
  });
});

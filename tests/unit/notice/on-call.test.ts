import { describe, expect, test } from "vitest";
import { checkRota, onCallAt, type Shift } from "@/lib/core/notice/on-call";
import { readRota } from "@/lib/core/notice/rota-csv";

const at = (hour: number) => new Date(Date.UTC(2026, 10, 24, hour));
const shift = (userId: string, from: number, until: number, isOverride = false): Shift => ({
  userId,
  from: at(from),
  until: at(until),
  isOverride,
});

describe("who is on call", () => {
  const shifts = [shift("a", 0, 8), shift("b", 8, 16), shift("c", 10, 12, true)];

  test.each([
    { hour: 7, expected: ["a"] },
    { hour: 8, expected: ["b"] },
    { hour: 10, expected: ["c"] },
    { hour: 12, expected: ["b"] },
    { hour: 16, expected: [] },
  ])("at $hour o'clock: $expected", ({ hour, expected }) => {
    expect(onCallAt(shifts, at(hour))).toEqual(expected);
  });

  test("is told with its gaps and overlaps", () => {
    const range = { from: at(0), to: at(20) };
    expect(checkRota([...shifts, shift("d", 14, 18)], range)).toEqual({
      gaps: [{ from: at(18), to: at(20) }],
      overlaps: [{ from: at(14), to: at(16), userIds: ["b", "d"] }],
    });
  });

  test("one person twice is no overlap, and nobody at all is one gap", () => {
    const range = { from: at(0), to: at(8) };
    expect(checkRota([shift("a", 0, 5), shift("a", 4, 8)], range)).toEqual({ gaps: [], overlaps: [] });
    expect(checkRota([], range)).toEqual({ gaps: [range], overlaps: [] });
  });
});

describe("a rota as CSV", () => {
  const people = new Map([["a@example.org", "a"]]);
  const read = (text: string, zone = "Europe/Berlin") => readRota({ text, zone, people });

  test("is read in the zone of the team, with commas or semicolons, a head and an override", () => {
    const text =
      "\uFEFFperson,from,until,override\r\nA@example.org,2026-11-24 08:00,2026-11-25 08:00\r\n\r\na@example.org;2026-11-24T10:00;2026-11-24T12:00;yes\r\n";
    expect(read(text)).toEqual({
      shifts: [
        {
          line: 2,
          shift: {
            userId: "a",
            from: new Date("2026-11-24T07:00Z"),
            until: new Date("2026-11-25T07:00Z"),
            isOverride: false,
          },
        },
        {
          line: 4,
          shift: {
            userId: "a",
            from: new Date("2026-11-24T09:00Z"),
            until: new Date("2026-11-24T11:00Z"),
            isOverride: true,
          },
        },
      ],
      faults: [],
    });
  });

  test.each([
    ["a@example.org,2026-11-24 08:00", "columns"],
    ["b@example.org,2026-11-24 08:00,2026-11-24 09:00", "unknown_person"],
    ["a@example.org,24.11.2026 08:00,2026-11-24 09:00", "not_a_time"],
    ["a@example.org,2026-02-30 08:00,2026-03-04 09:00", "not_a_time"],
    ["a@example.org,2026-03-29 02:30,2026-03-29 09:00", "no_such_hour"],
    ["a@example.org,2026-11-24 08:00,2026-11-24 08:00", "ends_before_begin"],
    ["a@example.org,2026-11-24 08:00,2027-11-24 08:00", "too_long"],
  ])("%s: %s", (line, fault) => {
    expect(read(line)).toEqual({ shifts: [], faults: [{ line: 1, fault }] });
  });

  test("says where a line stands twice", () => {
    const line = "a@example.org,2026-11-24 08:00,2026-11-24 09:00";
    expect(read(`${line}\n${line}`).faults).toEqual([{ line: 2, fault: "twice" }]);
  });
});

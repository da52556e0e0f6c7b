import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { csvCells } from "@/lib/core/formats/records/csv-cells";
import { matchTemplate, parseTemplate } from "@/lib/core/formats/records/line-template";
import { splitRecords } from "@/lib/core/formats/records/split";
import { parseTimeText } from "@/lib/core/formats/records/time-text";

// Many small steps: a machine that others work on takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

const usual = { encoding: "utf-8", hasQuotes: true, maxBytes: 1_000, maxRecords: 1_000 } as const;

describe("records", () => {
  test("are the same however often reading was broken off", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "ü"), maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        (rows, step) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const bytes = Buffer.from(rows.map((row) => `${row.map(quoted).join(",")}\n`).join(""));
          const read: string[] = [];
          let at = 0;
          for (let end = step; at < bytes.length; end += step) {
            const { records, taken } = splitRecords(bytes.subarray(at, end), usual);
            read.push(...records);
            at += taken;
          }
          expect(read.map((record) => csvCells(record, ","))).toEqual(rows);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("are cut where one is longer than any record, so that a stray quote takes no file with it", () => {
    const bytes = Buffer.from(`a,"b\n${"x\n".repeat(3_000)}`);
    const { records, taken } = splitRecords(bytes, { ...usual, maxRecords: 100_000 });
    expect(records.length).toBeGreaterThan(1_000);
    expect(taken).toBe(bytes.length);
  });
});

test.each([
  ["a,b,c", ["a", "b", "c"]],
  ['"a,b",c', ["a,b", "c"]],
  ['"a""b",', ['a"b', ""]],
  ['"never closed,c', ["never closed,c"]],
  ['"a"b,c', ["ab", "c"]],
  ["", [""]],
])("the cells of %j", (record, cells) => {
  expect(csvCells(record, ",")).toEqual(cells);
});

describe("a pattern of lines", () => {
  const values = (line: string, pattern: string) => {
    const template = parseTemplate(pattern);
    return template && matchTemplate(line, template);
  };

  test("gives what stands at its names", () => {
    expect([...(values("[10:00] INFO a: b: c", "[{time}] {level} {who}: {text}") ?? [])]).toEqual([
      ["time", "10:00"],
      ["level", "INFO"],
      ["who", "a"],
      ["text", "b: c"],
    ]);
  });

  test.each([
    ["10:00 INFO", "[{time}] {level}"],
    ["[10:00 INFO", "[{time}] {level}"],
    ["a;b", "{a};{b}."],
  ])("does not fit %j by %j", (line, pattern) => {
    expect(values(line, pattern)).toBeUndefined();
  });

  test.each(["no names", "{a}{b}", "{a} {a}", "{1}"])("%j is none", (pattern) => {
    expect(parseTemplate(pattern)).toBeUndefined();
  });
});

describe("times", () => {
  const at = (text: string, order: "year first" | "day first" | "month first" = "year first") =>
    parseTimeText(text, { order, zone: "Europe/Berlin" })?.toISOString();

  test.each([
    ["2026-03-10T08:30:00.250Z", "2026-03-10T08:30:00.250Z"],
    ["2026-03-10T08:30:00+01:00", "2026-03-10T07:30:00.000Z"],
    ["2026-03-10 08:30:00,25", "2026-03-10T07:30:00.250Z"],
    ["2026/07/10 08:30", "2026-07-10T06:30:00.000Z"],
    ["20260310083000.123+0100", "2026-03-10T07:30:00.123Z"],
    ["1773131400", "2026-03-10T08:30:00.000Z"],
    ["1773131400250", "2026-03-10T08:30:00.250Z"],
    ["2026-02-30 08:30:00", undefined],
    ["2026-03-10 24:30:00", undefined],
    ["2026-03-10", undefined],
    ["yesterday", undefined],
  ])("%j is %j", (text, instant) => {
    expect(at(text)).toBe(instant);
  });

  test("are read in the order of days that is said", () => {
    expect(at("3/4/2026 11:00 PM", "month first")).toBe("2026-03-04T22:00:00.000Z");
    expect(at("3.4.2026 23:00:00", "day first")).toBe("2026-04-03T21:00:00.000Z");
    expect(at("3/4/26 12:00 AM", "month first")).toBe("2026-03-03T23:00:00.000Z");
    expect(at("3/4/2026 13:00 PM", "month first")).toBeUndefined();
  });
});

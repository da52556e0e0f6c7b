import { describe, expect, test } from "vitest";
import { hrefForBucket } from "@/components/charts/bucket-href";
import { type ChartTable, tableCsv, tableRows } from "@/components/charts/chart-table";
import { tableColumns } from "@/components/charts/series-figures";

const HOUR = 3_600_000;
const start = Date.UTC(2026, 10, 24, 1);
const edges = [start, start + HOUR, start + 2 * HOUR];
const table: ChartTable = {
  edges,
  columns: [
    { key: "failed", label: "failed", unit: "messages", values: [1284, null], hrefQuery: "outcome=failed" },
    { key: "p95", label: "p95", unit: "ms", values: [1240, 0] },
  ],
};
const bucketHref = "/messages?leg=7&from={from}&to={to}";

describe("the address of a bucket", () => {
  test("carries exactly its edges and the series", () => {
    expect(hrefForBucket(bucketHref, { fromMs: start, toMs: start + HOUR, query: "outcome=failed" })).toBe(
      "/messages?leg=7&from=2026-11-24T01%3A00%3A00Z&to=2026-11-24T02%3A00%3A00Z&outcome=failed",
    );
  });
  test("carries the latencies of a cell", () => {
    expect(hrefForBucket("/m?min={minMs}&max={maxMs}", { fromMs: 0, toMs: 1, minMs: 150, maxMs: 220 })).toBe(
      "/m?min=150&max=220",
    );
  });
  test("starts its own query where the template has none", () => {
    expect(hrefForBucket("/m", { fromMs: 0, toMs: 1, query: "outcome=ok" })).toBe("/m?outcome=ok");
  });
});

describe("the table of a chart", () => {
  test("shows each bucket's start in the zone and its figures with units", () => {
    const rows = tableRows({ table, zone: "Europe/Berlin", bucketHref: undefined });
    expect(rows.map((row) => [row.time, ...row.cells.map((cell) => cell.text)])).toEqual([
      ["02:00", "1,284", "1.24 s"],
      ["03:00", "—", "0 ms"],
    ]);
  });
  test("links figures that stand for messages, and neither gaps nor zeros", () => {
    const rows = tableRows({ table, zone: "UTC", bucketHref });
    expect(rows.map((row) => row.cells.map((cell) => cell.href !== undefined))).toEqual([
      [true, true],
      [false, false],
    ]);
  });
  test("never links a comparison to the messages of the current range", () => {
    const series = [{ key: "ok", label: "ok", colour: "outcome-ok" as const, values: [5, 6] }];
    const previous = { label: "previous 2 h", values: [7, 8] };
    const columns = tableColumns({ unit: "messages", edges, zone: "UTC", series, previous });
    const [row] = tableRows({ table: { edges, columns }, zone: "UTC", bucketHref });
    expect(row?.cells.map((cell) => [cell.text, cell.href !== undefined])).toEqual([
      ["5", true],
      ["7", false],
    ]);
  });
});

describe("the CSV of a chart", () => {
  test("holds UTC instants, raw numbers and an empty field for no value", () => {
    expect(tableCsv(table)).toBe(
      [
        "from,to,failed (messages),p95 (ms)",
        "2026-11-24T01:00:00Z,2026-11-24T02:00:00Z,1284,1240",
        "2026-11-24T02:00:00Z,2026-11-24T03:00:00Z,,0",
      ].join("\r\n"),
    );
  });
  test("quotes commas and defuses text that a spreadsheet would run", () => {
    const columns = [{ key: "x", label: '=SUM("a",1)', unit: "messages" as const, values: [1, 2] }];
    expect(tableCsv({ edges, columns }).split("\r\n")[0]).toBe(`from,to,"'=SUM(""a"",1) (messages)"`);
  });
});

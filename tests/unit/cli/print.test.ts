import { describe, expect, test } from "vitest";
import { tableLines } from "@/lib/cli/print";

describe("a table", () => {
  test("has columns of equal width, numbers to the right, and a dash where nothing is", () => {
    expect(
      tableLines([
        { name: "a", count: 5, at: new Date("2026-01-31T07:15:00Z"), done: true, note: "" },
        { name: "longer", count: 1234, at: null, done: false, note: undefined },
      ]),
    ).toEqual([
      "name    count  at                        done  note",
      "a           5  2026-01-31T07:15:00.000Z  yes   –",
      "longer   1234  –                         no    –",
    ]);
  });

  test("without rows says so", () => {
    expect(tableLines([])).toEqual(["Nothing to show."]);
  });
});

import { describe, expect, it } from "vitest";
import { csvText } from "@/lib/core/report/csv";

const cell = (value: Parameters<typeof csvText>[1][number][number]) =>
  csvText(["a"], [[value]]).split("\r\n")[1];

describe("CSV", () => {
  it("starts with a byte order mark and ends every line with CR LF", () => {
    expect(csvText(["a", "b"], [[1, "x"]])).toBe("\uFEFFa,b\r\n1,x\r\n");
  });

  it("writes instants in UTC, and nothing for what is not known", () => {
    expect(cell(new Date("2026-11-24T02:10:00Z"))).toBe("2026-11-24T02:10:00.000Z");
    expect([cell(null), cell(undefined)]).toEqual(["", ""]);
  });

  it("quotes commas, quotes and line ends", () => {
    expect(cell('a,"b"')).toBe('"a,""b"""');
    expect(csvText(["a"], [["x\ny"]])).toContain('"x\ny"');
  });

  it("takes the power of formulas from text, but leaves negative numbers alone", () => {
    expect(["=1+1", "+1", "-1", "@SUM(A1)", "\tx"].map(cell)).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@SUM(A1)",
      "'\tx",
    ]);
    expect(cell('=HYPERLINK("x","y")')).toBe('"\'=HYPERLINK(""x"",""y"")"');
    expect(cell(-1)).toBe("-1");
  });
});

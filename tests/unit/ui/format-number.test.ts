import { describe, expect, test } from "vitest";
import {
  formatCompact,
  formatCount,
  formatRate,
  formatRateChange,
  formatRelativeChange,
} from "@/components/ui/format-number";

describe("shares", () => {
  test.each([
    [null, "—"],
    [0, "0 %"],
    [1, "100 %"],
    [0.000001, "< 0.01 %"],
    [0.999999, "> 99.99 %"],
    [0.0042, "0.42 %"],
    [0.382, "38.2 %"],
    [0.9985, "99.85 %"],
  ])("%s reads %s", (share, text) => {
    expect(formatRate(share)).toBe(text);
  });
});

describe("counts", () => {
  test.each([
    [null, "—"],
    [0, "0"],
    [1284, "1,284"],
    [1_234_567, "1,234,567"],
    [-1500, "−1,500"],
  ])("%s reads %s", (value, text) => {
    expect(formatCount(value)).toBe(text);
  });
  test.each([
    [950, "950"],
    [12_430, "12.4k"],
    [999_600, "1M"],
    [3_140_000, "3.14M"],
  ])("%d is short for an axis: %s", (value, text) => {
    expect(formatCompact(value)).toBe(text);
  });
});

describe("changes", () => {
  test.each([
    [0.0021, "+0.21 pp"],
    [-0.123, "−12.3 pp"],
    [0.00001, "±0 pp"],
  ])("a share that moved by %d reads %s", (change, text) => {
    expect(formatRateChange(change)).toBe(text);
  });
  test.each([
    [0.92, "−8 %"],
    [1.001, "±0 %"],
    [3, "+200 %"],
    [14, "×14"],
  ])("a value times %d reads %s", (ratio, text) => {
    expect(formatRelativeChange(ratio)).toBe(text);
  });
});

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
    [0, "0\u00a0%"],
    [1, "100\u00a0%"],
    [0.000001, "<\u00a00.01\u00a0%"],
    [0.999999, ">\u00a099.99\u00a0%"],
    [0.0042, "0.42\u00a0%"],
    [0.382, "38.2\u00a0%"],
    [0.9985, "99.85\u00a0%"],
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
    [0.0021, "+0.21\u00a0pp"],
    [-0.123, "−12.3\u00a0pp"],
    [0.00001, "±0\u00a0pp"],
  ])("a share that moved by %d reads %s", (change, text) => {
    expect(formatRateChange(change)).toBe(text);
  });
  test.each([
    [0.92, "−8\u00a0%"],
    [1.001, "±0\u00a0%"],
    [3, "+200\u00a0%"],
    [14, "×14"],
  ])("a value times %d reads %s", (ratio, text) => {
    expect(formatRelativeChange(ratio)).toBe(text);
  });
});

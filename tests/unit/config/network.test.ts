import { describe, expect, test } from "vitest";
import { isInRanges } from "@/lib/config/network";

describe("trusted ranges", () => {
  const ranges = ["10.0.0.7", "10.1.0.0/16", "fd00::/8"];

  test.each(["10.0.0.7", "10.1.200.3", "::ffff:10.1.0.1", "fd00::1"])("%s is inside", (address) => {
    expect(isInRanges({ address, ranges })).toBe(true);
  });

  test.each(["10.0.0.8", "10.2.0.1", "fe80::1", "", "unknown", "10.0.0.7, 1.2.3.4"])(
    "%s is outside",
    (address) => {
      expect(isInRanges({ address, ranges })).toBe(false);
    },
  );

  test("nothing is inside an empty list", () => {
    expect(isInRanges({ address: "127.0.0.1", ranges: [] })).toBe(false);
  });
});

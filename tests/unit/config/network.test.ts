import { describe, expect, test } from "vitest";
import { isForThisMachineOnly, isInRanges } from "@/lib/config/network";

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

describe("a product for this machine only", () => {
  const local = { host: "127.0.0.1", trustedProxies: [], publicUrl: "http://localhost:3000" } as const;

  test.each([local, { ...local, host: "localhost", publicUrl: "http://[::1]:3000" }])(
    "listens and is opened on loopback",
    (settings) => expect(isForThisMachineOnly(settings)).toBe(true),
  );

  test.each([
    { ...local, host: "0.0.0.0" },
    { ...local, trustedProxies: ["127.0.0.1"] },
    { ...local, publicUrl: "https://signalbox.example.org" },
  ])("is not one that others reach: $host, $trustedProxies, $publicUrl", (settings) => {
    expect(isForThisMachineOnly(settings)).toBe(false);
  });
});

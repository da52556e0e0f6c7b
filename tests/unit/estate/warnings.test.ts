import { describe, expect, test } from "vitest";
import { certificateStanding } from "@/lib/core/estate/certificate";
import { parseEndpoint } from "@/lib/core/estate/endpoint";
import { releaseFindings } from "@/lib/core/estate/known-releases";
import { compareVersions } from "@/lib/core/estate/versions";
import { systemWarnings } from "@/lib/core/estate/warnings";

const now = new Date("2026-11-24T07:15:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

describe("versions", () => {
  test.each([
    ["4.4.1", "4.4", 1],
    ["4.3.12", "4.4", -1],
    ["1.12.10", "1.12.9", 1],
    ["v1.12.0-rc1", "1.12", 0],
    ["PostgreSQL 15.18 (Debian)", "15.18", 0],
  ])("%s against %s", (a, b, order) => {
    expect(compareVersions(a, b)).toBe(order);
    expect(compareVersions(b, a)).toBe(order === 0 ? 0 : -order);
  });

  test("without a number are not judged", () => {
    expect(compareVersions("mainline", "1.2")).toBeUndefined();
  });
});

describe("what is known of releases", () => {
  const found = (product: string, version: string, at = now) =>
    releaseFindings({ product, version, now: at }).map(({ source }) => source);

  test("an engine with a hole that is exploited", () => {
    expect(found("Mirth Connect", "4.4.0")).toEqual(["CVE-2023-43208, CISA Known Exploited Vulnerabilities"]);
    expect(found("Mirth Connect", "4.4.1")).toEqual([]);
  });

  test("a PACS with two", () => {
    expect(found("Orthanc", "1.5.7")).toHaveLength(2);
    expect(found("Orthanc", "1.12.10")).toHaveLength(1);
    expect(found("Orthanc", "1.12.11")).toEqual([]);
  });

  test("an end of support counts from its day on", () => {
    expect(found("PostgreSQL", "15.18")).toEqual([]);
    expect(found("PostgreSQL", "15.18", new Date("2027-11-12T00:00:00Z"))).toHaveLength(1);
    expect(found("PostgreSQL", "12.1")).toHaveLength(1);
    expect(found("PostgreSQL", "14.2")).toHaveLength(1);
  });

  test("a version that cannot be read, or another product, says nothing", () => {
    expect(found("Orthanc", "mainline")).toEqual([]);
    expect(found("Orthancs", "1.0")).toEqual([]);
  });
});

describe("a certificate", () => {
  test.each([
    [-1, "expired"],
    [0, "soon"],
    [6.9, "soon"],
    [7, "ending"],
    [29.9, "ending"],
    [30, "valid"],
  ] as const)("that ends in %s days is %s", (days, state) => {
    expect(certificateStanding({ validFrom: inDays(-1), validTo: inDays(days) }, now).state).toBe(state);
  });

  test("that was never read has no state of its own", () => {
    expect(certificateStanding(undefined, now)).toEqual({ state: "unread", daysLeft: undefined });
  });

  test("of tomorrow is not valid yet", () => {
    expect(certificateStanding({ validFrom: inDays(1), validTo: inDays(90) }, now).state).toBe("not-yet");
  });
});

describe("warnings of a system", () => {
  const quiet = {
    product: undefined,
    version: undefined,
    endpoint: undefined,
    certificate: undefined,
    clockSkewMs: undefined,
  };

  test("are none where nothing is known", () => {
    expect(systemWarnings(quiet, now)).toEqual([]);
  });

  test("begin with the worst", () => {
    const certificate = {
      triedAt: now,
      problem: "it does not answer.",
      validFrom: inDays(-90),
      validTo: inDays(20),
    };
    const warnings = systemWarnings(
      {
        product: "Orthanc",
        version: "1.10.1",
        endpoint: "pacs:443",
        certificate,
        clockSkewMs: -2_400,
      },
      now,
    );
    expect(warnings.map(({ severity }) => severity)).toEqual(["critical", "warning", "warning", "notice"]);
    expect(warnings.at(-1)?.text).toContain("2 s behind");
  });
});

describe("an endpoint", () => {
  test.each([
    ["pacs.example.org:2762", { host: "pacs.example.org", port: 2762 }],
    ["[2001:db8::1]:443", { host: "2001:db8::1", port: 443 }],
    ["pacs", undefined],
    ["pacs:0", undefined],
    ["pacs:70000", undefined],
    ["https://pacs:443", undefined],
    ["a b:443", undefined],
  ])("%s", (text, endpoint) => {
    expect(parseEndpoint(text)).toEqual(endpoint);
  });
});

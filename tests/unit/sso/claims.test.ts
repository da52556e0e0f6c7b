import { describe, expect, test } from "vitest";
import { areGroupsElsewhere, claimsSchema, groupsSchema } from "@/lib/core/sso/schema";
import { isPasskeyProved, isSecondFactorProved, provedAt } from "@/lib/core/sso/second-factor";

const now = new Date("2026-03-10T12:00:00Z");
const isProved = (said: { acr?: string; amr?: string[] }) =>
  isSecondFactorProved({ acr: said.acr, amr: said.amr }, ["gold"]);

describe("claims", () => {
  test("of a provider that says too much or oddly are read as far as they are needed", () => {
    const read = claimsSchema.parse({
      iss: "i",
      sub: "s",
      email: 7,
      amr: "mfa",
      auth_time: "soon",
      other: {},
    });
    expect(read).toMatchObject({ iss: "i", sub: "s", email: undefined, amr: ["mfa"], auth_time: undefined });
  });
  test("without issuer or subject are none", () => {
    expect(claimsSchema.safeParse({ iss: "i" }).success).toBe(false);
    expect(claimsSchema.safeParse({ iss: "i", sub: "" }).success).toBe(false);
  });
  test.each([
    [
      ["a", "b"],
      ["a", "b"],
    ],
    ["a", ["a"]],
    [{ a: 1 }, []],
    [["a", 7], []],
    [null, []],
  ])("groups %j are %j", (sent, groups) => {
    expect(groupsSchema.parse(sent)).toEqual(groups);
  });
});

describe("groups", () => {
  test.each([
    [{ _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint: "https://x" } } }, true],
    [{ hasgroups: true }, true],
    [{ _claim_names: { groups: "src1" }, groups: ["a"] }, false],
    [{ _claim_names: { address: "src1" } }, false],
    [{ _claim_names: "groups" }, false],
    [{}, false],
  ])("in %j are elsewhere: %j", (claims, isElsewhere) => {
    expect(areGroupsElsewhere(claims, "groups")).toBe(isElsewhere);
  });
});

describe("a passkey at the provider", () => {
  const words = { acr: ["phr", "phrh"], amr: ["hwk"] };
  test.each([
    [{ acr: "phr" }, words, true],
    [{ amr: ["pwd", "hwk"] }, words, true],
    [{ acr: "gold", amr: ["mfa"] }, words, false],
    [{}, words, false],
    [{ acr: "phr", amr: ["hwk", "fido"] }, { acr: [], amr: [] }, false],
  ])("%j where %j was agreed on: %j", ({ acr, amr }: { acr?: string; amr?: string[] }, agreed, proved) => {
    expect(isPasskeyProved({ acr, amr }, agreed)).toBe(proved);
  });
});

describe("a second factor at the provider", () => {
  test.each([
    [{ amr: ["pwd", "mfa"] }, true],
    [{ amr: ["hwk"] }, true],
    [{ amr: ["pwd", "otp"] }, true],
    [{ acr: "gold" }, true],
    [{ amr: ["pwd"] }, false],
    [{ amr: ["sms", "tel"] }, false],
    [{ acr: "silver" }, false],
    [{ amr: [] }, false],
    [{}, false],
  ])("%j: %j", (said, proved) => {
    expect(isProved(said)).toBe(proved);
  });
  test("is as old as the provider says, never newer than now", () => {
    const seconds = (at: Date) => at.getTime() / 1000;
    const before = new Date("2026-03-10T09:00:00Z");
    expect(provedAt({ auth_time: seconds(before) }, now)).toEqual(before);
    expect(provedAt({ auth_time: seconds(now) + 90 }, now)).toEqual(now);
  });
  test("of unknown age is old", () => {
    expect(provedAt({ auth_time: undefined }, now).getTime()).toBeLessThan(now.getTime() - 5 * 60_000);
  });
});

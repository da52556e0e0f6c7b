import { describe, expect, test } from "vitest";
import { ConfigurationError, parseEnv } from "@/lib/config/env";

const whole = {
  SIGNALBOX_OIDC_ISSUER: "https://login.example.org/realms/hospital",
  SIGNALBOX_OIDC_CLIENT_ID: "signalbox",
  SIGNALBOX_OIDC_CLIENT_SECRET: "secret",
};

function refusedOf(raw: Readonly<Record<string, string>>): readonly string[] {
  try {
    parseEnv(raw);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ variable }) => variable);
    throw error;
  }
}

describe("signing in by a provider", () => {
  test("is off where nothing is said", () => {
    expect(parseEnv({}).oidc).toBeUndefined();
  });
  test("needs issuer, client and secret, and has defaults for the rest", () => {
    expect(parseEnv(whole).oidc).toEqual({
      issuer: "https://login.example.org/realms/hospital",
      clientId: "signalbox",
      clientSecret: "secret",
      name: "your hospital account",
      scopes: "openid profile email",
      groupsClaim: "groups",
      mfaAcr: [],
      passkey: { acr: [], amr: [] },
      isOnlyWay: false,
    });
  });
  test("takes several values of acr, by commas or spaces", () => {
    expect(parseEnv({ ...whole, SIGNALBOX_OIDC_MFA_ACR: "gold, urn:x:2 3" }).oidc?.mfaAcr).toEqual([
      "gold",
      "urn:x:2",
      "3",
    ]);
  });
  test.each([
    [
      "half of it",
      { SIGNALBOX_OIDC_ISSUER: "https://a.example.org" },
      ["SIGNALBOX_OIDC_CLIENT_ID", "SIGNALBOX_OIDC_CLIENT_SECRET"],
    ],
    [
      "plain http elsewhere",
      { ...whole, SIGNALBOX_OIDC_ISSUER: "http://a.example.org" },
      ["SIGNALBOX_OIDC_ISSUER"],
    ],
    ["scopes without openid", { ...whole, SIGNALBOX_OIDC_SCOPES: "profile" }, ["SIGNALBOX_OIDC_SCOPES"]],
    ["the only way without a way", { SIGNALBOX_OIDC_ONLY: "true" }, ["SIGNALBOX_OIDC_ONLY"]],
  ])("%s is refused", (_what, raw, refused) => {
    expect(refusedOf(raw)).toEqual(refused);
  });
  test("may use plain http on this machine", () => {
    expect(refusedOf({ ...whole, SIGNALBOX_OIDC_ISSUER: "http://127.0.0.1:8080" })).toEqual([]);
  });
});

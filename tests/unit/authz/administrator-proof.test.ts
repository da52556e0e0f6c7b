import { describe, expect, test } from "vitest";
import { administratorProofOf, splitGrants, waitsForPasskey } from "@/lib/core/authz/administrator-proof";
import { passkeySiteOf } from "@/lib/core/authz/passkey-site";
import { can } from "@/lib/core/authz/policy";
import { everywhere } from "@/lib/core/authz/role";

test.each([
  ["https://signalbox.example.org", { kind: "offered", rpId: "signalbox.example.org" }],
  ["https://signalbox.example.org:8443", { kind: "offered", origin: "https://signalbox.example.org:8443" }],
  ["http://localhost:3000", { kind: "offered", rpId: "localhost" }],
  ["http://signalbox.example.org", { kind: "not-offered", why: "insecure" }],
  ["http://127.0.0.1:3000", { kind: "not-offered", why: "number" }],
  ["https://10.1.2.3", { kind: "not-offered", why: "number" }],
  ["https://0x0a010203", { kind: "not-offered", why: "number" }],
  ["https://[::1]", { kind: "not-offered", why: "number" }],
])("passkeys at %s", (publicUrl, site) => {
  expect(passkeySiteOf(publicUrl)).toMatchObject(site);
});

describe("administrators are held to passkeys", () => {
  test.each([
    ["over HTTPS where nobody decided", undefined, "https://signalbox.example.org", true],
    ["not on this machine where nobody decided", undefined, "http://localhost:3000", false],
    ["on this machine where it was decided", true, "http://localhost:3000", true],
    ["not over HTTPS where that was decided", false, "https://signalbox.example.org", false],
    ["never where passkeys do not work", true, "https://10.1.2.3", false],
    ["as usual where the setting makes no sense", "yes", "https://signalbox.example.org", true],
  ])("%s", (_, setting, publicUrl, isOn) => {
    expect(administratorProofOf(setting, publicUrl).isOn).toBe(isOn);
  });
});

describe("grants in a session", () => {
  const grants = everywhere("administrator", "reporter", "committee-member");

  test.each(["totp", "recovery-code", undefined] as const)(
    "proved by %s leave an administrator's out",
    (kind) => {
      const split = splitGrants(grants, { isRuleOn: true, factorKind: kind });
      expect(split.withheld).toEqual(everywhere("administrator"));
      const actor = { kind: "user", id: "u", name: "n", email: "e", ...split } as const;
      expect(can(actor, "user.write")).toBe(false);
      expect(can(actor, "overview.read")).toBe(true);
      expect(waitsForPasskey(actor, "user.write")).toBe(true);
      expect(waitsForPasskey(actor, "overview.read")).toBe(false);
      expect(waitsForPasskey(actor, "ingest.write")).toBe(false);
    },
  );

  test("proved by passkey, or without the rule, count whole", () => {
    const byKey = splitGrants(grants, { isRuleOn: true, factorKind: "passkey" });
    const noRule = splitGrants(grants, { isRuleOn: false, factorKind: "totp" });
    expect([byKey.grants, noRule.grants]).toEqual([grants, grants]);
  });
});

import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { newRecoveryCodes, recoveryCodeHash } from "@/lib/auth/recovery-codes";
import { matchTotpStep, newTotpSecret, totpUri } from "@/lib/crypto/totp";

// Fixed: of random secrets, one in a million has the same code at two of these steps.
const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const now = new Date("2025-03-10T10:00:10.000Z");
const nowStep = Math.floor(now.getTime() / 30_000);
const codeAt = (step: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: step * 30_000 });

describe("a code counts within one step of the server's clock", () => {
  test.each([
    { skew: -2, counts: false },
    { skew: -1, counts: true },
    { skew: 0, counts: true },
    { skew: 1, counts: true },
    { skew: 2, counts: false },
  ])("$skew steps away: $counts", ({ skew, counts }) => {
    const step = nowStep + skew;
    const code = codeAt(step);
    expect(matchTotpStep({ secret, code, now })).toBe(counts ? step : undefined);
  });
});

test("the codes are those of RFC 6238, appendix B, in six digits", () => {
  const rfc = Buffer.from("12345678901234567890");
  const base32 = new Secret({ buffer: rfc.buffer.slice(rfc.byteOffset, rfc.byteOffset + rfc.length) }).base32;
  expect(matchTotpStep({ secret: base32, code: "287082", now: new Date(59_000) })).toBe(1);
  expect(matchTotpStep({ secret: base32, code: "081804", now: new Date(1_111_111_109_000) })).toBe(
    37_037_036,
  );
});

test("a secret has 160 bits, and its address names product and person", () => {
  expect(Secret.fromBase32(newTotpSecret()).bytes).toHaveLength(20);
  const uri = new URL(totpUri({ secret, email: "ada@example.org" }));
  expect(decodeURIComponent(uri.pathname)).toContain("Signalbox:ada@example.org");
  expect(uri.searchParams.get("secret")).toBe(secret);
});

describe("recovery codes", () => {
  test("are ten different ones of 24 characters from 32, which are 120 bits", () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}(-[0-9A-HJKMNP-TV-Z]{6}){3}$/);
  });

  test("are known in any case and grouping, and one changed character is another code", () => {
    const hash = recoveryCodeHash("ABCDEF-GHJKMN-PQRSTV-012345");
    expect(recoveryCodeHash(" abcdefghjkmn pqrstv 012345 ").equals(hash)).toBe(true);
    expect(recoveryCodeHash("ABCDEF-GHJKMN-PQRSTV-012346").equals(hash)).toBe(false);
  });
});

import { createHash, randomBytes } from "node:crypto";

const howMany = 10;
/** 120 random bits: more than the 112 from which a plain hash is enough (OWASP ASVS 5.0, 6.5.2). */
const bytesEach = 15;
// Crockford's base32: no I, L, O, U, so that a printed code is typed without doubt.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Ten new one-time codes of 24 characters in four groups. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: howMany }, () => grouped(randomBytes(bytesEach)));
}

/** What is kept of a code: SHA-256 of its characters, whatever case and grouping it was typed in. */
export function recoveryCodeHash(code: string): Buffer {
  const bare = code.toUpperCase().replace(/[^0-9A-Z]/g, "");
  return createHash("sha256").update(bare).digest();
}

function grouped(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => alphabet.charAt(Number.parseInt(five, 2)));
  return (letters.join("").match(/.{6}/g) ?? []).join("-");
}

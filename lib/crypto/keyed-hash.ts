import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { type KeyRing, keyById, keyRing } from "./key-ring";

/** The id of the key that references are made with; it must never change, or old rows could not be found. */
const referenceKeyId = "k1";

/**
 * A reference to a patient that says nothing by itself: HMAC-SHA-256 over issuer and value, 16 bytes. Issuer and
 * value are trimmed and upper-cased, so that the same identifier always gives the same reference.
 */
export function patientRef(
  patient: { readonly value: string; readonly assigningAuthority: string },
  ring: KeyRing = keyRing(),
): Buffer {
  const text = [patient.assigningAuthority, patient.value]
    .map((part) => part.trim().toUpperCase())
    .join("\u001f");
  return createHmac("sha256", derivedKey("patient-ref", ring)).update(text).digest().subarray(0, 16);
}

/**
 * A reference to something else that facts are found by: HMAC-SHA-256 over its kind and its parts, 16 bytes. Parts are
 * trimmed and upper-cased, as with patients, but for a source's own name of an object.
 */
export function namedRef(
  what: "accession" | "order" | "study" | "object",
  parts: readonly string[],
  ring: KeyRing = keyRing(),
): Buffer {
  const same = what === "object" ? parts : parts.map((part) => part.trim().toUpperCase());
  const text = [what, ...same].join("\u001f");
  return createHmac("sha256", derivedKey("clinical-ref", ring)).update(text).digest().subarray(0, 16);
}

/** A 32-byte key for one purpose (HKDF-SHA-256, RFC 5869), always derived from the first key. */
export function derivedKey(purpose: string, ring: KeyRing = keyRing()): Buffer {
  const known = derivedKeys.get(ring)?.get(purpose);
  if (known !== undefined) return known;
  const made = Buffer.from(hkdfSync("sha256", keyById(ring, referenceKeyId), "signalbox", purpose, 32));
  derivedKeys.set(ring, new Map(derivedKeys.get(ring)).set(purpose, made));
  return made;
}

// Deriving costs more than the hash it serves, and ingest needs one for every patient of a batch.
const derivedKeys = new WeakMap<KeyRing, Map<string, Buffer>>();

/** A new bearer secret of 256 random bits, with a prefix that secret scanners can know. */
export function newToken(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString("base64url")}`;
}

/** What is kept of a bearer secret: SHA-256, enough for 256 random bits. */
export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

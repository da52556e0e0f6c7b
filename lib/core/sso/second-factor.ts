import type { Claims } from "./schema";

/**
 * Methods that prove more than a password (RFC 8176): several factors, something held, or the body. A message to a
 * telephone (`sms`, `tel`) counts as little here as with NIST SP 800-63B.
 */
const strongMethods: ReadonlySet<string> = new Set([
  "mfa",
  "otp",
  "hwk",
  "swk",
  "sc",
  "pop",
  "fpt",
  "face",
  "iris",
  "retina",
]);

/** Whether the provider says that a second factor was proved there. Where it says nothing, none was. */
export function isSecondFactorProved(
  { acr, amr }: Pick<Claims, "acr" | "amr">,
  /** Values of `acr` that the hospital has agreed on with its provider. */
  mfaAcr: readonly string[],
): boolean {
  return (acr !== undefined && mfaAcr.includes(acr)) || (amr?.some((one) => strongMethods.has(one)) ?? false);
}

/** What the hospital has agreed on with its provider to stand for a passkey or security key. */
export type PasskeyWords = { readonly acr: readonly string[]; readonly amr: readonly string[] };

/**
 * Whether the provider says that the factor was a passkey or security key. There is no standard word for it (`hwk` is any
 * key in hardware, `phr` and `phrh` any method that withstands phishing), so nothing says it but what was agreed on.
 */
export function isPasskeyProved({ acr, amr }: Pick<Claims, "acr" | "amr">, words: PasskeyWords): boolean {
  return (
    (acr !== undefined && words.acr.includes(acr)) || (amr?.some((one) => words.amr.includes(one)) ?? false)
  );
}

/**
 * When it was proved: as the provider says, and never later than now. A provider that does not say may have asked hours
 * ago: then it is as old as the oldest session it can have, and dangerous acts ask anew.
 */
export function provedAt({ auth_time }: Pick<Claims, "auth_time">, now: Date): Date {
  const at = auth_time === undefined ? now.getTime() - UNKNOWN_AGE_MS : auth_time * 1_000;
  return new Date(Math.min(at, now.getTime()));
}

const UNKNOWN_AGE_MS = 12 * 3_600_000;

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

/**
 * When it was proved: as the provider says, and never later than now. A provider that does not say may have asked hours
 * ago: then it is as old as the oldest session it can have, and dangerous acts ask anew.
 */
export function provedAt({ auth_time }: Pick<Claims, "auth_time">, now: Date): Date {
  const at = auth_time === undefined ? now.getTime() - UNKNOWN_AGE_MS : auth_time * 1_000;
  return new Date(Math.min(at, now.getTime()));
}

const UNKNOWN_AGE_MS = 12 * 3_600_000;

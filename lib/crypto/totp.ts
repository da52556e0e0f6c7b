import { Secret, TOTP } from "otpauth";

/** How long a code stands, in seconds (RFC 6238, 5.2). */
const periodS = 30;
/** Steps before and after the current one whose code counts: room for a telephone's clock. */
const windowSteps = 1;

/** A new shared secret of 160 bits (RFC 4226, 4), in base32 as people can type it. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address behind the QR code, as authenticator apps read it. */
export function totpUri(of: { readonly secret: string; readonly email: string }): string {
  return totpOf(of.secret, of.email).toString();
}

/** The 30-second step whose code this is, by the server's clock; undefined outside the window of ±1 step. */
export function matchTotpStep(question: {
  readonly secret: string;
  readonly code: string;
  readonly now: Date;
}): number | undefined {
  const timestamp = question.now.getTime();
  const delta = totpOf(question.secret).validate({ token: question.code, timestamp, window: windowSteps });
  return delta === null ? undefined : TOTP.counter({ period: periodS, timestamp }) + delta;
}

/** The code that an authenticator app shows now, six digits. */
export function totpCode(of: { readonly secret: string; readonly now: Date }): string {
  return totpOf(of.secret).generate({ timestamp: of.now.getTime() });
}

/** What the secret of a user's authenticator app is encrypted for. */
export function totpPurpose(userId: string): string {
  return `totp/${userId}`;
}

function totpOf(secret: string, label = ""): TOTP {
  return new TOTP({ issuer: "Signalbox", label, secret: Secret.fromBase32(secret), period: periodS });
}

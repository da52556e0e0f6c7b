import { createHmac, timingSafeEqual } from "node:crypto";

/** The header that carries it. */
export const SIGNATURE_HEADER = "Signalbox-Signature";

/** A receiver refuses what was signed longer ago. */
export const SIGNATURE_VALID_S = 300;

/**
 * Signs a body: `t=<unix seconds>,v1=<hex>`, HMAC-SHA-256 over time, a full stop and the body. While a secret is being
 * changed there is one `v1` for each, so that receivers with either accept it.
 */
export function signBody(ask: {
  readonly body: string;
  readonly secrets: readonly string[];
  readonly at: Date;
}): string {
  const time = Math.floor(ask.at.getTime() / 1000);
  const parts = ask.secrets.map((secret) => `v1=${macOf({ body: ask.body, secret, time })}`);
  return [`t=${time}`, ...parts].join(",");
}

/** What a receiver does: whether the header was made of this body with this secret, within five minutes. */
export function isSignedBy(ask: {
  readonly header: string;
  readonly body: string;
  readonly secret: string;
  readonly now: Date;
}): boolean {
  const parts = ask.header.split(",").map((part) => part.trim());
  const time = Number(parts.find((part) => part.startsWith("t="))?.slice(2));
  if (!Number.isInteger(time) || Math.abs(ask.now.getTime() / 1000 - time) > SIGNATURE_VALID_S) return false;
  const expected = Buffer.from(macOf({ body: ask.body, secret: ask.secret, time }));
  return parts.some((part) => {
    const given = Buffer.from(part.startsWith("v1=") ? part.slice(3) : "");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function macOf({ body, secret, time }: { body: string; secret: string; time: number }): string {
  return createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
}

import { hash } from "node:crypto";

/** Names one message at one source. All but the first are the source's own words. */
export type MessageName = {
  readonly sourceId: number;
  readonly interface: string;
  readonly messageId: string;
};

/**
 * The stable 64-bit id of a delivery: the first eight bytes of SHA-256 over its name, as the decimal text of a signed
 * bigint. The same delivery has the same id for ever, whoever computes it.
 */
export function deliveryId(name: MessageName & { readonly leg: string }): string {
  return digest64(`${nameText(name)}${UNIT_SEPARATOR}${name.leg}`);
}

/** As deliveryId without the leg: what all deliveries of one message share. */
export function messageKey(name: MessageName): string {
  return digest64(nameText(name));
}

/** Decimal text of the signed 64-bit number that begins the SHA-256 of a text. */
export function digest64(text: string): string {
  return BigInt.asIntN(64, BigInt(`0x${hash("sha256", text, "hex").slice(0, 16)}`)).toString();
}

/** One text of several parts. An absent part equals an empty one. */
export function joinParts(parts: readonly (string | number | boolean | undefined)[]): string {
  return parts.join(UNIT_SEPARATOR);
}

/**
 * A 53-bit digest of a text, to tell two observations of one delivery apart. Not cryptographic: it runs for every row of
 * the hot path, and only the source itself could make two observations collide.
 */
export function quickDigest(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return 0x100000000 * (b & 0x1fffff) + (a >>> 0);
}

const UNIT_SEPARATOR = "\u001f";

function nameText(name: MessageName): string {
  return `${name.sourceId}${UNIT_SEPARATOR}${name.interface}${UNIT_SEPARATOR}${name.messageId}`;
}

import { hash } from "node:crypto";

/** Names one delivery at one source. All four are the source's own words but the first. */
export type DeliveryName = {
  readonly sourceId: number;
  readonly interface: string;
  readonly messageId: string;
  readonly leg: string;
};

/**
 * The stable 64-bit id of a delivery: the first eight bytes of SHA-256 over its name, as the decimal text of a signed
 * bigint. The same delivery has the same id for ever, whoever computes it.
 */
export function deliveryId(name: DeliveryName): string {
  return digest64([name.sourceId, name.interface, name.messageId, name.leg]);
}

/** As deliveryId without the leg: what all deliveries of one message share. */
export function messageKey(name: Omit<DeliveryName, "leg">): string {
  return digest64([name.sourceId, name.interface, name.messageId]);
}

/** Decimal text of the signed 64-bit number that begins SHA-256 of the parts. An absent part equals an empty one. */
export function digest64(parts: readonly (string | number | boolean | undefined)[]): string {
  return hash("sha256", parts.join(UNIT_SEPARATOR), "buffer").readBigInt64BE(0).toString();
}

const UNIT_SEPARATOR = "\u001f";

import { createHmac } from "node:crypto";
import { derivedKey } from "./keyed-hash";

/** What the sealed address of a channel is bound to. */
export function noticeChannelPurpose(channelId: string): string {
  return `notice-channel/${channelId}`;
}

/**
 * The secret of the link in a delivery with which its person acknowledges: the same at every attempt, so that an e-mail
 * that went out twice carries one link.
 */
export function acknowledgeToken(deliveryId: string): string {
  return createHmac("sha256", derivedKey("notice-link")).update(deliveryId).digest("base64url");
}

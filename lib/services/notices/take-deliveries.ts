import type { NoticeProblem } from "@/lib/core/notice/problem";
import { type ChannelAddress, channelAddressSchema, type NoticeKind } from "@/lib/core/notice/schema";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { acknowledgeToken, noticeChannelPurpose } from "@/lib/crypto/notice-secret";
import { open } from "@/lib/crypto/seal";
import { type DueDelivery, takeDeliveries } from "@/lib/db/notice-deliveries";
import { keepLink } from "@/lib/db/notice-links";
import { isSendingHeld } from "@/lib/services/backup/is-sending-held";

/** So long is a delivery kept from others while it is on its way; an attempt takes less. */
export const DELIVERY_LEASE_MS = 60_000;
const AT_ONCE = 10;
const LINK_VALID_MS = 12 * 3_600_000;

/** A delivery that is ready to go, or why it cannot. */
export type ReadyDelivery = Pick<DueDelivery, "id" | "attempts" | "notice"> & {
  readonly address: ChannelAddress | undefined;
  readonly problem: NoticeProblem | undefined;
  readonly link: string;
  readonly acknowledgeLink: string | undefined;
};

/** The next deliveries that are due, their addresses opened. None while everything that sends is held after a restore. */
export async function takeDue(now: Date, publicUrl: string): Promise<readonly ReadyDelivery[]> {
  if (await isSendingHeld()) return [];
  const leaseUntil = new Date(now.getTime() + DELIVERY_LEASE_MS);
  const due = await takeDeliveries({ now, leaseUntil, limit: AT_ONCE });
  return Promise.all(due.map((delivery) => ready(delivery, now, publicUrl)));
}

async function ready(due: DueDelivery, now: Date, publicUrl: string): Promise<ReadyDelivery> {
  const { id, attempts, notice } = due;
  return {
    id,
    attempts,
    notice,
    ...addressOf(due),
    link: `${publicUrl}${notice.path}`,
    acknowledgeLink: await acknowledgeLinkOf(due, now, publicUrl),
  };
}

function addressOf({ channel, email }: DueDelivery): Pick<ReadyDelivery, "address" | "problem"> {
  if (channel === undefined) {
    return email === undefined
      ? { address: undefined, problem: "channel_removed" }
      : { address: { kind: "email", to: email }, problem: undefined };
  }
  if (channel.isRemoved) return { address: undefined, problem: "channel_removed" };
  try {
    const text = open(channel, noticeChannelPurpose(channel.id)).toString("utf8");
    return { address: channelAddressSchema.parse(JSON.parse(text)), problem: undefined };
  } catch {
    return { address: undefined, problem: "unreadable" };
  }
}

/** What calls for somebody; whatever else is told can only be read. */
const callsFor: readonly NoticeKind[] = ["incident_opened", "incident_escalated", "incident_handed_over"];

/** The secret stands in the fragment, which no server is sent: neither this one's log nor a scanner's request holds it. */
async function acknowledgeLinkOf(
  { id, notice, userId }: DueDelivery,
  now: Date,
  publicUrl: string,
): Promise<string | undefined> {
  if (userId === undefined || !callsFor.includes(notice.kind)) return undefined;
  const token = acknowledgeToken(id);
  const expiresAt = new Date(now.getTime() + LINK_VALID_MS);
  const { incidentId } = notice;
  await keepLink({ tokenHash: tokenHash(token), incidentId, deliveryId: id, userId, expiresAt });
  return `${publicUrl}/acknowledge#${token}`;
}

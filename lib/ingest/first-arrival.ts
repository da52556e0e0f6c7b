import type { DeliveryObservation } from "@/lib/core/message/schema";
import { readArrivals } from "@/lib/db/delivery-arrivals";
import type { LegLookup } from "./leg-registry";
import type { Indexed } from "./verdict";

/** How long a retransmission is known for what it is. */
const SAME_MS = 24 * 3_600_000;

/**
 * Gives observations whose `receivedAt` is only when they came the time at which the same delivery first came: earlier in
 * this batch, or in the 24 hours before. A retransmission is then the delivery that is known, not another one.
 */
export async function withFirstArrival(
  seen: readonly Indexed<DeliveryObservation>[],
  legs: LegLookup,
): Promise<readonly Indexed<DeliveryObservation>[]> {
  const came = seen.filter(({ item }) => item.isArrivalTime);
  if (came.length === 0) return seen;
  const firsts = await knownFirsts(came, legs);
  return seen.map((one) => {
    const { index, item } = one;
    if (!item.isArrivalTime) return one;
    const key = keyOf(legs.leg(item)?.legId, item.messageId);
    const first = firsts.get(key);
    const isSame = first !== undefined && Math.abs(item.receivedAt.getTime() - first.getTime()) <= SAME_MS;
    if (isSame) return { index, item: { ...item, receivedAt: first } };
    firsts.set(key, item.receivedAt);
    return one;
  });
}

async function knownFirsts(
  came: readonly Indexed<DeliveryObservation>[],
  legs: LegLookup,
): Promise<Map<string, Date>> {
  const named = came.flatMap(({ item }) => {
    const legId = legs.leg(item)?.legId;
    return legId === undefined || item.controlId === undefined
      ? []
      : [{ legId, controlId: item.controlId, ms: item.receivedAt.getTime() }];
  });
  const earliest = named.reduce((least, { ms }) => Math.min(least, ms), Number.POSITIVE_INFINITY);
  if (named.length === 0) return new Map();
  const known = await readArrivals({
    legIds: [...new Set(named.map(({ legId }) => legId))],
    controlIds: [...new Set(named.map(({ controlId }) => controlId))],
    since: new Date(earliest - SAME_MS),
  });
  return new Map(known.map(({ legId, messageId, receivedAt }) => [keyOf(legId, messageId), receivedAt]));
}

function keyOf(legId: number | undefined, messageId: string): string {
  return `${legId}/${messageId}`;
}

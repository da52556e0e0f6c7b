import type { DeliveryObservation } from "@/lib/core/message/schema";

/** Counts and exact latencies of some deliveries, counted the plain way. */
export type BruteForce = {
  readonly counts: Record<(typeof bruteForceCounts)[number], number>;
  readonly latencies: Record<"latency" | "wait" | "partner", number[]>;
};

export const bruteForceCounts = [
  "ok",
  "failed",
  "filtered",
  "pending",
  "unknown",
  "firstOk",
  "firstFailed",
  "replays",
  "suspects",
] as const;

/**
 * What the store must hold after these observations, in any order: one delivery for each message, leg and receive time,
 * as its newest observation says, with the first outcome of the oldest observation that has one.
 */
export function foldPlainly(seen: readonly DeliveryObservation[]): readonly DeliveryObservation[] {
  const byDelivery = new Map<string, DeliveryObservation[]>();
  for (const one of seen) {
    const key = [one.interface, one.messageId, one.leg, one.receivedAt.getTime()].join("|");
    byDelivery.set(key, [...(byDelivery.get(key) ?? []), one]);
  }
  return [...byDelivery.values()].map((all) => {
    const sorted = [...all].sort((a, b) => a.observedSeq - b.observedSeq);
    const newest = sorted.at(-1);
    if (newest === undefined) throw new Error("a group cannot be empty");
    const firstOutcome = sorted.find((one) => one.firstOutcome !== undefined)?.firstOutcome;
    return firstOutcome === undefined ? newest : { ...newest, firstOutcome };
  });
}

/** Counts deliveries one by one, by the key that `keyOf` gives. */
export function countPlainly(
  deliveries: readonly DeliveryObservation[],
  keyOf: (delivery: DeliveryObservation) => string,
): ReadonlyMap<string, BruteForce> {
  const sums = new Map<string, BruteForce>();
  for (const delivery of deliveries) {
    const key = keyOf(delivery);
    const sum = sums.get(key) ?? emptyBruteForce();
    sums.set(key, sum);
    sum.counts[delivery.outcome] += 1;
    if (delivery.firstOutcome === "ok") sum.counts.firstOk += 1;
    if (delivery.firstOutcome === "failed") sum.counts.firstFailed += 1;
    if (delivery.replayOf !== undefined) sum.counts.replays += 1;
    addLatencies(sum, delivery);
  }
  return sums;
}

export function emptyBruteForce(): BruteForce {
  return {
    counts: {
      ok: 0,
      failed: 0,
      filtered: 0,
      pending: 0,
      unknown: 0,
      firstOk: 0,
      firstFailed: 0,
      replays: 0,
      suspects: 0,
    },
    latencies: { latency: [], wait: [], partner: [] },
  };
}

/** Inverted CDF of exact values, ascending; null without any. */
export function exactPercentile(sorted: readonly number[], percent: number): number | null {
  const rank = Math.max(1, Math.ceil((percent * sorted.length) / 100));
  return sorted[rank - 1] ?? null;
}

function addLatencies(sum: BruteForce, delivery: DeliveryObservation): void {
  const start = (delivery.startedAt ?? delivery.receivedAt).getTime();
  const sent = delivery.sentAt?.getTime();
  const acked = delivery.ackedAt?.getTime();
  const isDestination = delivery.direction === "destination";
  const spans = {
    latency: acked === undefined ? undefined : acked - start,
    wait: isDestination && sent !== undefined ? sent - start : undefined,
    partner: isDestination && sent !== undefined && acked !== undefined ? acked - sent : undefined,
  };
  const given = Object.entries(spans).filter(([, span]) => span !== undefined);
  if (given.some(([, span]) => (span ?? 0) < 0)) sum.counts.suspects += 1;
  for (const kind of ["latency", "wait", "partner"] as const) {
    const span = spans[kind];
    if (span !== undefined && span >= 0) sum.latencies[kind].push(span);
  }
}

import { MAX_LATENCY_MS } from "@/lib/core/metric/latency-buckets";
import type { DeliveryObservation } from "./schema";

/** Latencies of one delivery in whole milliseconds; undefined where a time is missing or cannot be trusted. */
export type Latencies = {
  readonly latencyMs: number | undefined;
  readonly waitMs: number | undefined;
  readonly partnerMs: number | undefined;
  /** The times run backwards (or further apart than can be counted): clocks differ, so nothing is averaged in. */
  readonly clockSuspect: boolean;
};

/**
 * What the times of an observation say. Source leg: receipt to acknowledgement. Destination leg: start of the message
 * to its acknowledgement there, with waiting (start to send) and partner time (send to acknowledgement) beside it.
 * Figures that the source measured itself win over times. Start, not first receipt: a replaced message keeps the old one.
 */
export function latenciesOf(seen: DeliveryObservation): Latencies {
  const startedAt = seen.startedAt ?? seen.receivedAt;
  const isDestination = seen.direction === "destination";
  const latencyMs = seen.latencyMs ?? between(startedAt, seen.ackedAt);
  const waitMs = seen.waitMs ?? (isDestination ? between(startedAt, seen.sentAt) : undefined);
  const partnerMs = seen.partnerMs ?? (isDestination ? between(seen.sentAt, seen.ackedAt) : undefined);
  return {
    latencyMs: isCountable(latencyMs) ? latencyMs : undefined,
    waitMs: isCountable(waitMs) ? waitMs : undefined,
    partnerMs: isCountable(partnerMs) ? partnerMs : undefined,
    clockSuspect: isImpossible(latencyMs) || isImpossible(waitMs) || isImpossible(partnerMs),
  };
}

function between(from: Date | undefined, to: Date | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : to.getTime() - from.getTime();
}

function isCountable(spanMs: number | undefined): boolean {
  return spanMs !== undefined && spanMs >= 0 && spanMs <= MAX_LATENCY_MS;
}

function isImpossible(spanMs: number | undefined): boolean {
  return spanMs !== undefined && !isCountable(spanMs);
}

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
  const spans = [
    seen.latencyMs ?? between(startedAt, seen.ackedAt),
    seen.waitMs ?? (isDestination ? between(startedAt, seen.sentAt) : undefined),
    seen.partnerMs ?? (isDestination ? between(seen.sentAt, seen.ackedAt) : undefined),
  ] as const;
  const [latencyMs, waitMs, partnerMs] = spans;
  return {
    latencyMs: counted(latencyMs),
    waitMs: counted(waitMs),
    partnerMs: counted(partnerMs),
    clockSuspect: spans.some((span) => span !== undefined && counted(span) === undefined),
  };
}

function between(from: Date | undefined, to: Date | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : to.getTime() - from.getTime();
}

function counted(spanMs: number | undefined): number | undefined {
  return spanMs !== undefined && spanMs >= 0 && spanMs <= MAX_LATENCY_MS ? spanMs : undefined;
}

import type { DeliveryObservation } from "@/lib/core/message/schema";
import { type Random, shuffled, wholeBelow } from "@/tests/support/random";

/** Interfaces of a storm: each has a source leg and three destinations. */
export const STORM_INTERFACES = 10;

/**
 * About `events` observations over eight days, shuffled: messages that are queued, fail, are sent later, are corrected,
 * repeated, come late or before their past; some replays, some clocks that run backwards. `end` is the newest instant.
 */
export function aStorm(storm: {
  readonly random: Random;
  readonly events: number;
  readonly end: Date;
}): readonly DeliveryObservation[] {
  const { random, events, end } = storm;
  const seen: DeliveryObservation[] = [];
  for (let message = 0; seen.length < events; message++) {
    for (const leg of legsOf(random)) seen.push(...observations({ random, end, message, leg }));
  }
  return shuffled(random, seen.slice(0, events));
}

function legsOf(random: Random): readonly number[] {
  return random() < 0.5 ? [0, 1 + wholeBelow(random, 3)] : [1 + wholeBelow(random, 3)];
}

type Spot = { readonly random: Random; readonly end: Date; readonly message: number; readonly leg: number };

function observations({ random, end, message, leg }: Spot): readonly DeliveryObservation[] {
  // A third falls into two hot hours, the rest over eight days, in one minute of ten: writers meet in the same minutes.
  const slots = random() < 0.33 ? 12 : 8 * 144;
  const backMs = wholeBelow(random, slots) * 600_000 + wholeBelow(random, 60_000);
  const received = end.getTime() - backMs;
  const sent = received + wholeBelow(random, 5_000);
  const acked = sent + Math.floor(Math.exp(random() * 12)) - (random() < 0.01 ? 400_000 : 0);
  const base = {
    kind: "delivery",
    interface: `channel-${message % STORM_INTERFACES}`,
    leg: String(leg),
    direction: leg === 0 ? "source" : "destination",
    messageId: String(message),
    receivedAt: new Date(received),
    attempts: 1,
    ...(random() < 0.05 ? { replayOf: String(message + 1) } : {}),
  } as const;
  const final = finalOf(random, { sentAt: new Date(sent), ackedAt: new Date(acked) });
  const last: DeliveryObservation = { ...base, ...final, observedSeq: 5 };
  const earlier: DeliveryObservation[] = [];
  if (random() < 0.2)
    earlier.push({ ...base, state: "queued", outcome: "pending", attempts: 0, observedSeq: 1 });
  if (random() < 0.15)
    earlier.push({ ...base, state: "queued", outcome: "pending", firstOutcome: "failed", observedSeq: 3 });
  if (random() < 0.1) earlier.push({ ...last, sentAt: new Date(sent + 1), observedSeq: 4 });
  const repeats = [...earlier, last].filter(() => random() < 0.12);
  return [...earlier, last, ...repeats];
}

function finalOf(
  random: Random,
  times: { readonly sentAt: Date; readonly ackedAt: Date },
): Pick<DeliveryObservation, "state" | "outcome" | "firstOutcome" | "sentAt" | "ackedAt"> {
  const dice = random();
  if (dice < 0.8) return { state: "sent", outcome: "ok", firstOutcome: "ok", ...times };
  if (dice < 0.88) return { state: "error", outcome: "failed", firstOutcome: "failed", ...times };
  if (dice < 0.95) return { state: "filtered", outcome: "filtered" };
  return dice < 0.98 ? { state: "queued", outcome: "pending" } : { state: "received", outcome: "unknown" };
}

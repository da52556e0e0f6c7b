import type { DestinationSpec } from "../engine/channel-spec";
import { type FailureKind, failureText } from "../engine/failure";
import type { Hospital } from "../hospital/hospital";
import type { HospitalInterface } from "../hospital/hospital-interface";
import { type Incident, isWithin } from "../hospital/incidents";
import { between, pick, type Random } from "../random";
import type { DrawnDelivery } from "./drawn-message";
import { type LatencyDraw, latencyDraw } from "./latency-table";

const dayMs = 86_400_000;
/** Queued messages leave one after the other once the partner is back. */
const drainStepMs = 250;

/** What becomes of a message whose turn at this destination has come; `endMs` is when the next one's turn comes. */
export type LegDraw = (turn: Turn) => { readonly delivery: DrawnDelivery; readonly endMs: number };

type Turn = { readonly random: Random; readonly turnMs: number; readonly memory: LegMemory };

/** What a leg remembers while one day is drawn. */
export type LegMemory = {
  /** When the last waiting message leaves. */
  freeAtMs: number;
  /** Messages that were rejected one after the other. */
  rejectedInRow: number;
};

export function legDraw(given: {
  readonly hospital: Hospital;
  readonly feed: HospitalInterface;
  readonly destination: DestinationSpec;
  readonly leg: number;
}): LegDraw {
  const { destination, leg } = given;
  const incidents = given.hospital.incidentsOf(given.feed).filter((one) => "leg" in one && one.leg === leg);
  const latency = latencyDraw(destination);
  return ({ random, turnMs, memory }) => {
    if (random() < destination.filterRate) return filtered(leg, turnMs);
    const refused = incidents.find((one) => one.kind === "refused" && isWithin(one, turnMs));
    if (refused !== undefined) {
      return destination.hasQueue
        ? waited({ leg, turnMs, upMs: refused.toMs, memory, latencyMs: latency(random) })
        : failed({ leg, turnMs, failure: "connect_refused", sentMs: turnMs + 4, ackedMs: turnMs + 9 });
    }
    const sentMs = turnMs + between(random, [2, 25]);
    const ackedMs = sentMs + slowed({ incidents, turnMs, latency, random });
    if (incidents.some((one) => one.kind === "nacks" && isWithin(one, turnMs))) {
      memory.rejectedInRow = (memory.rejectedInRow + 1) % 3;
      if (memory.rejectedInRow > 0) return failed({ leg, turnMs, failure: "nack_ae", sentMs, ackedMs });
    }
    if (random() < destination.failureRate) {
      return failed({ leg, turnMs, failure: pick(random, destination.failures), sentMs, ackedMs });
    }
    return sent({ leg, turnMs, sentMs, ackedMs, isRetried: destination.hasQueue && random() < 0.004 });
  };
}

function slowed(given: {
  readonly incidents: readonly Incident[];
  readonly turnMs: number;
  readonly latency: LatencyDraw;
  readonly random: Random;
}): number {
  const slower = given.incidents.find((one) => one.kind === "slower" && isWithin(one, given.turnMs));
  const latencyMs = given.latency(given.random);
  return slower?.kind === "slower" ? Math.round(latencyMs * driftFactor(slower, given.turnMs)) : latencyMs;
}

/** Grows evenly from 1 to the full factor within three weeks, and stays there. */
export function driftFactor(
  slower: { readonly fromMs: number; readonly factor: number },
  atMs: number,
): number {
  const passed = Math.min(1, Math.max(0, (atMs - slower.fromMs) / (21 * dayMs)));
  return 1 + (slower.factor - 1) * passed;
}

const untried = {
  isFirstInferred: false,
  attempts: 0,
  failure: undefined,
  sentMs: undefined,
  ackedMs: undefined,
};

function filtered(leg: number, turnMs: number): ReturnType<LegDraw> {
  return {
    delivery: { ...untried, leg, turnMs, outcome: "filtered", firstOutcome: undefined },
    endMs: turnMs + 1,
  };
}

function failed(given: {
  readonly leg: number;
  readonly turnMs: number;
  readonly failure: FailureKind;
  readonly sentMs: number;
  readonly ackedMs: number;
}): ReturnType<LegDraw> {
  const { leg, turnMs, failure, sentMs, ackedMs } = given;
  const delivery = {
    leg,
    turnMs,
    outcome: "failed",
    firstOutcome: "failed",
    isFirstInferred: false,
    failure,
  } as const;
  const { isBeforeSend, waitedMs = 0 } = failureText(failure, { channelName: "" });
  if (isBeforeSend) return { delivery: { ...untried, ...delivery }, endMs: sentMs };
  const endMs = Math.max(ackedMs, sentMs + waitedMs);
  return { delivery: { ...delivery, attempts: 1, sentMs, ackedMs: endMs }, endMs };
}

function sent(given: {
  readonly leg: number;
  readonly turnMs: number;
  readonly sentMs: number;
  readonly ackedMs: number;
  readonly isRetried: boolean;
}): ReturnType<LegDraw> {
  const { leg, turnMs, isRetried } = given;
  const lateMs = isRetried ? 10_000 : 0;
  return {
    delivery: {
      leg,
      turnMs,
      outcome: "ok",
      // The engine overwrites earlier attempts: that the first one failed is seen by there being more than one.
      firstOutcome: isRetried ? "failed" : "ok",
      isFirstInferred: isRetried,
      attempts: isRetried ? 2 : 1,
      failure: undefined,
      sentMs: given.sentMs + lateMs,
      ackedMs: given.ackedMs + lateMs,
    },
    // A queue lets the chain go on at once.
    endMs: isRetried ? given.sentMs : given.ackedMs,
  };
}

/** Held in the queue until the partner is back; only the head was ever tried in between. */
function waited(given: {
  readonly leg: number;
  readonly turnMs: number;
  readonly upMs: number;
  readonly memory: LegMemory;
  readonly latencyMs: number;
}): ReturnType<LegDraw> {
  const { leg, turnMs, upMs, memory, latencyMs } = given;
  const isHead = memory.freeAtMs < upMs;
  const sentMs = (isHead ? upMs : memory.freeAtMs) + drainStepMs;
  memory.freeAtMs = sentMs;
  const attempts = isHead ? 1 + Math.ceil((upMs - turnMs) / 10_000) : 1;
  return {
    delivery: {
      leg,
      turnMs,
      outcome: "ok",
      firstOutcome: isHead ? "failed" : "ok",
      isFirstInferred: isHead,
      attempts,
      failure: undefined,
      sentMs,
      ackedMs: sentMs + latencyMs,
    },
    endMs: turnMs + 9,
  };
}

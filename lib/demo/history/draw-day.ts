import type { Hospital } from "../hospital/hospital";
import type { HospitalInterface } from "../hospital/hospital-interface";
import { isWithin } from "../hospital/incidents";
import { between, type Random, seededRandom } from "../random";
import { type LegDraw, type LegMemory, legDraw } from "./draw-leg";
import type { DrawnDelivery, DrawnMessage } from "./drawn-message";

const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** Draws the days of one interface. The same hospital, interface and day always give the same messages. */
export type DayDraw = (dayStartMs: number, untilMs: number) => Iterable<DrawnMessage>;

/**
 * Messages of one UTC day that came in before `untilMs`, oldest first, with what became of them on every leg. Incidents
 * are built in; nothing is left queued at `untilMs`. One at a time: millions of them are drawn to be counted and forgotten.
 */
export function dayDraw(hospital: Hospital, feed: HospitalInterface): DayDraw {
  const legs = feed.destinations.map((destination, index) =>
    legDraw({ hospital, feed, destination, leg: index + 1 }),
  );
  return function* (dayStartMs, untilMs) {
    const random = seededRandom(hospital.seed, feed.externalId, dayStartMs);
    const memories = legs.map(newMemory);
    const arrivals = [
      ...drawArrivals({ hospital, feed, random, dayStartMs }),
      ...drawReplays({ hospital, feed, random, dayStartMs }),
    ]
      .filter((arrival) => arrival.atMs < untilMs)
      .sort((one, other) => one.atMs - other.atMs);
    for (const [index, { atMs, isReplay }] of arrivals.entries()) {
      // What is repeated came in that morning: one of the first messages of the day.
      const replayOf = isReplay ? Math.max(1, Math.floor(random() * index * 0.6)) : undefined;
      const deliveries = drawDeliveries({ feed, legs, memories, random, receivedMs: atMs });
      yield {
        sequence: index + 1,
        receivedMs: atMs,
        replayOf,
        deliveries: isReplay ? deliveries.map(withoutFirst) : deliveries,
      };
    }
  };
}

function newMemory(): LegMemory {
  return { freeAtMs: 0, rejectedInRow: 0 };
}

/** A replay is no first attempt. */
function withoutFirst(delivery: DrawnDelivery): DrawnDelivery {
  return { ...delivery, firstOutcome: undefined, isFirstInferred: false };
}

type Arrival = { readonly atMs: number; readonly isReplay: boolean };

type Drawing = {
  readonly hospital: Hospital;
  readonly feed: HospitalInterface;
  readonly random: Random;
  readonly dayStartMs: number;
};

function drawArrivals({ hospital, feed, random, dayStartMs }: Drawing): readonly Arrival[] {
  // No two days are alike: some six percent up or down as a whole.
  const mood = 0.94 + random() * 0.12;
  const arrivals: Arrival[] = [];
  for (let startMs = dayStartMs; startMs < dayStartMs + dayMs; startMs += hourMs) {
    const count = poisson(random, hospital.expectedPerHour(feed, startMs) * mood);
    for (let left = count; left > 0; left -= 1) {
      const atMs = startMs + Math.floor(random() * hourMs);
      if (hospital.isSending(feed, atMs)) arrivals.push({ atMs, isReplay: false });
    }
  }
  return arrivals;
}

function drawReplays({ hospital, feed, random, dayStartMs }: Drawing): readonly Arrival[] {
  return hospital.incidentsOf(feed).flatMap((incident) => {
    if (
      incident.kind !== "replay" ||
      !isWithin({ fromMs: dayStartMs, toMs: dayStartMs + dayMs }, incident.fromMs)
    ) {
      return [];
    }
    const spanMs = incident.toMs - incident.fromMs;
    return Array.from({ length: incident.messages }, () => ({
      atMs: incident.fromMs + Math.floor(random() * spanMs),
      isReplay: true,
    }));
  });
}

/** Exact for small means, and the normal approximation where it no longer shows. */
function poisson(random: Random, mean: number): number {
  if (mean > 40) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

type Receiving = {
  readonly feed: HospitalInterface;
  readonly legs: readonly LegDraw[];
  readonly memories: readonly LegMemory[];
  readonly random: Random;
  readonly receivedMs: number;
};

function drawDeliveries({ feed, legs, memories, random, receivedMs }: Receiving): readonly DrawnDelivery[] {
  const drawn = random();
  if (drawn < feed.sourceFilterRate + feed.sourceFailureRate) {
    const ackedMs = receivedMs + between(random, [3, 25]);
    return [
      sourceDelivery({ receivedMs, ackedMs, outcome: drawn < feed.sourceFilterRate ? "filtered" : "failed" }),
    ];
  }
  let turnMs = receivedMs + between(random, [4, 40]);
  const destinations = legs.map((draw, index) => {
    const { delivery, endMs } = draw({ random, turnMs, memory: memories[index] ?? newMemory() });
    turnMs = endMs;
    return delivery;
  });
  const ackedMs = feed.hasSourceQueue
    ? receivedMs + between(random, [2, 9])
    : turnMs + between(random, [2, 15]);
  return [sourceDelivery({ receivedMs, ackedMs, outcome: "ok" }), ...destinations];
}

function sourceDelivery(given: {
  readonly receivedMs: number;
  readonly ackedMs: number;
  readonly outcome: "ok" | "failed" | "filtered";
}): DrawnDelivery {
  const { receivedMs, ackedMs, outcome } = given;
  return {
    leg: 0,
    turnMs: receivedMs,
    outcome,
    firstOutcome: outcome === "filtered" ? undefined : outcome,
    isFirstInferred: false,
    attempts: 1,
    failure: outcome === "failed" ? "transform_error" : undefined,
    sentMs: undefined,
    // A filtered row tells no times that end anything.
    ackedMs: outcome === "filtered" ? undefined : ackedMs,
  };
}

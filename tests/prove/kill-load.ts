import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import { type Random, seededRandom, wholeBelow } from "@/tests/support/random";

/** Clients that push until told to stop, and send every batch until it is acknowledged. */
export type KillLoad = {
  /** Observations whose batch was acknowledged. */
  readonly acked: () => readonly DeliveryObservation[];
  /** Batches acknowledged by each door so far. */
  readonly acksBy: () => Readonly<Record<"web" | "worker", number>>;
  readonly retries: () => number;
  /** Items that came back as rejected or in conflict; none should. */
  readonly refused: () => readonly string[];
  /** Stops making new batches, and resolves when all that were begun are acknowledged. */
  readonly finish: () => Promise<void>;
};

const CONNECTIONS = 6;
const BATCH = 25;
const PAUSE_MS = 200;
const ANSWER_LIMIT_MS = 40_000;

/** About 500 events a second. Every batch, and every try of one, goes to the other door than the last. */
export function startLoad(load: {
  readonly seed: number;
  readonly webPort: number;
  readonly workerPort: number;
  readonly token: string;
  /** Ends it whatever was acknowledged. */
  readonly signal: AbortSignal;
}): KillLoad {
  const doors = [
    { name: "web", port: load.webPort },
    { name: "worker", port: load.workerPort },
  ] as const;
  const acked: DeliveryObservation[] = [];
  const refused: string[] = [];
  const acks = { web: 0, worker: 0 };
  let retries = 0;
  let isStopping = false;

  const connection = async (n: number) => {
    const source = observationSource({ random: seededRandom(load.seed * 100 + n), client: n });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    let door = n;
    for (let last = false; !last && !load.signal.aborted; ) {
      last = isStopping;
      const batch = source.next(last);
      const body = JSON.stringify(batch);
      while (!load.signal.aborted) {
        const { name, port } = doors[door % 2 === 0 ? 0 : 1];
        door++;
        const answer = await pushOnce({ agent, port, token: load.token, body });
        if (answer !== undefined) {
          acks[name]++;
          refused.push(...answer.refused);
          acked.push(...batch);
          break;
        }
        retries++;
        await sleep(100);
      }
      await sleep(PAUSE_MS);
    }
    agent.destroy();
  };
  const connections = Promise.all(Array.from({ length: CONNECTIONS }, (_, n) => connection(n)));
  return {
    acked: () => acked,
    acksBy: () => ({ ...acks }),
    retries: () => retries,
    refused: () => refused,
    finish: async () => {
      isStopping = true;
      await connections;
    },
  };
}

/** Undefined for anything but an acknowledgement, network errors included. */
function pushOnce(ask: {
  readonly agent: http.Agent;
  readonly port: number;
  readonly token: string;
  readonly body: string;
}): Promise<{ readonly refused: readonly string[] } | undefined> {
  const headers = {
    Authorization: `Bearer ${ask.token}`,
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(ask.body),
  };
  const place = { host: "127.0.0.1", port: ask.port, path: "/api/v1/ingest", method: "POST" };
  return new Promise((resolve) => {
    const request = http.request({ ...place, headers, agent: ask.agent }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", () => resolve(undefined));
      response.on("close", () => {
        const isAck = response.complete && (response.statusCode === 200 || response.statusCode === 207);
        resolve(isAck ? { refused: refusedIn(text) } : undefined);
      });
    });
    request.setTimeout(ANSWER_LIMIT_MS, () => request.destroy());
    request.on("error", () => resolve(undefined));
    request.end(ask.body);
  });
}

function refusedIn(answer: string): readonly string[] {
  const { items }: { readonly items: readonly { readonly status: string; readonly detail?: string }[] } =
    JSON.parse(answer);
  return items
    .filter(({ status }) => status === "conflict" || status === "rejected")
    .map(({ status, detail }) => `${status}: ${detail ?? ""}`);
}

/**
 * Deliveries of one client. A fifth of those to destinations are seen twice: queued after a failed first attempt, and
 * sent some batches later; so a lost first observation shows as a wrong first outcome.
 */
function observationSource(from: { readonly random: Random; readonly client: number }) {
  const { random, client } = from;
  let messages = 0;
  const later: DeliveryObservation[] = [];
  const make = (): DeliveryObservation => {
    // Over three hours, so that every tier has several rows.
    const receivedAt = new Date(Date.now() - wholeBelow(random, 3 * 3_600_000));
    const leg = wholeBelow(random, 3);
    const ackedAt = new Date(receivedAt.getTime() + 5 + wholeBelow(random, 4_000));
    const place = {
      kind: "delivery",
      interface: `channel-${wholeBelow(random, 8)}`,
      leg: String(leg),
      direction: leg === 0 ? "source" : "destination",
      messageId: `${client}-${messages++}`,
      receivedAt,
    } as const;
    const sent = { state: "sent", outcome: "ok", firstOutcome: "ok", ackedAt, attempts: 2 } as const;
    if (leg > 0 && random() < 0.2) {
      later.push({ ...place, ...sent, observedSeq: 2 });
      const queued = { state: "queued", outcome: "pending", firstOutcome: "failed", attempts: 1 } as const;
      return { ...place, ...queued, observedSeq: 1 };
    }
    const isFailed = random() < 0.1;
    const end = isFailed
      ? ({ ...sent, state: "error", outcome: "failed", firstOutcome: "failed" } as const)
      : sent;
    return { ...place, ...end, observedSeq: 1 };
  };
  return {
    /** The last batch brings what is still to come. */
    next: (isLast: boolean): readonly DeliveryObservation[] => {
      const updates = later.splice(
        0,
        isLast ? later.length : wholeBelow(random, Math.min(later.length, 6) + 1),
      );
      return [...updates, ...Array.from({ length: isLast ? 0 : BATCH - updates.length }, make)];
    },
  };
}

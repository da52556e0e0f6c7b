import { between, latencyAround, pick, type Random } from "../random";
import type { ChannelSpec, DestinationSpec } from "./channel-spec";
import { type FailureKind, failureText } from "./failure";
import type { ConnectorRow, MessageFacts, StoredMessage } from "./stored-message";

/** What a test wants to become of one connector's row, instead of chance. */
export type WantedResult =
  | { readonly kind: "sent" }
  | { readonly kind: "filtered" }
  | { readonly kind: "error"; readonly failure: FailureKind };

export type Planning = {
  readonly spec: ChannelSpec;
  readonly random: Random;
  readonly messageId: number;
  readonly startedAtMs: number;
  readonly facts: MessageFacts;
  /** By metaDataId. */
  readonly wanted: Readonly<Record<number, WantedResult>>;
  /** Destinations that refuse connections now, by metaDataId. */
  readonly down: ReadonlySet<number>;
  /** Destinations that already have messages waiting: a new one queues without an attempt. */
  readonly waiting: ReadonlySet<number>;
};

/** What becomes of one message: a row for the source and, unless it stopped there, one for every destination. */
export function planMessage(planning: Planning): StoredMessage {
  const source = planSource(planning);
  const destinations = source.status === "TRANSFORMED" ? planDestinations(planning) : [];
  const lastEndMs = destinations.at(-1)?.endMs ?? planning.startedAtMs + between(planning.random, [3, 20]);
  const acknowledgedAtMs = planning.spec.hasSourceQueue
    ? planning.startedAtMs + between(planning.random, [2, 9])
    : lastEndMs + between(planning.random, [2, 15]);
  return {
    messageId: planning.messageId,
    receivedAtMs: planning.startedAtMs,
    facts: planning.facts,
    rows: [
      { ...source, respondedAtMs: acknowledgedAtMs },
      ...destinations.map((destination) => destination.row),
    ],
  };
}

function planSource({ spec, random, startedAtMs, wanted }: Planning): ConnectorRow {
  const base = { metaDataId: 0, receivedAtMs: startedAtMs, sendAttempts: 1, errorCode: 0 };
  const result = wanted[0] ?? chance(random, { spec, failures: [["transform_error", 1]] });
  switch (result.kind) {
    case "sent":
      return { ...base, status: "TRANSFORMED" };
    case "filtered":
      return { ...base, status: "FILTERED" };
    case "error":
      return { ...base, status: "ERROR", errorCode: 1, failure: result.failure };
  }
}

type PlannedRow = { readonly row: ConnectorRow; readonly endMs: number };

function planDestinations(planning: Planning): readonly PlannedRow[] {
  let turnMs = planning.startedAtMs + between(planning.random, [4, 40]);
  return planning.spec.destinations.map((destination, index) => {
    const planned = planDestination(planning, { destination, metaDataId: index + 1, turnMs });
    turnMs = planned.endMs + between(planning.random, [0, 2]);
    return planned;
  });
}

type Turn = { readonly destination: DestinationSpec; readonly metaDataId: number; readonly turnMs: number };

function planDestination(planning: Planning, turn: Turn): PlannedRow {
  const { random, wanted } = planning;
  const base = { metaDataId: turn.metaDataId, receivedAtMs: turn.turnMs, sendAttempts: 0, errorCode: 0 };
  const result =
    wanted[turn.metaDataId] ??
    chance(random, { spec: filterAndFailure(turn.destination), failures: turn.destination.failures });
  if (result.kind === "filtered") return ended({ ...base, status: "FILTERED" });
  if (planning.down.has(turn.metaDataId) || planning.waiting.has(turn.metaDataId)) {
    return refused(planning, turn);
  }
  const sentAtMs = turn.turnMs + between(random, [2, 25]);
  const latencyMs = latencyAround(random, turn.destination);
  if (result.kind === "sent") {
    return ended({
      ...base,
      status: "SENT",
      sendAttempts: 1,
      sentAtMs,
      respondedAtMs: sentAtMs + latencyMs,
    });
  }
  const { failure } = result;
  const text = failureText(failure, { channelName: planning.spec.name });
  const respondedAtMs = sentAtMs + Math.max(latencyMs, text.waitedMs ?? 0);
  const failed = { ...base, status: "ERROR" as const, errorCode: text.errorCode, failure };
  return text.isBeforeSend ? ended(failed) : ended({ ...failed, sendAttempts: 1, sentAtMs, respondedAtMs });
}

/** A partner that refuses: an error without a queue; with one, only the head of the queue has been attempted. */
function refused(planning: Planning, { destination, metaDataId, turnMs }: Turn): PlannedRow {
  const base = { metaDataId, receivedAtMs: turnMs };
  const attempt = { sendAttempts: 1, sentAtMs: turnMs + 4, respondedAtMs: turnMs + 9, errorCode: 1 };
  if (!destination.hasQueue) {
    return ended({ ...base, ...attempt, status: "ERROR", failure: "connect_refused" });
  }
  const isHead = !planning.waiting.has(metaDataId);
  return isHead
    ? ended({ ...base, ...attempt, status: "QUEUED", failure: "connect_refused" })
    : ended({ ...base, status: "QUEUED", sendAttempts: 0, errorCode: 0 });
}

function ended(row: ConnectorRow): PlannedRow {
  return { row, endMs: row.respondedAtMs ?? row.receivedAtMs + 1 };
}

type Odds = { readonly sourceFilterRate: number; readonly sourceFailureRate: number };

/** The failure rate of a destination is that of what its filter lets through. */
function filterAndFailure({ filterRate, failureRate }: DestinationSpec): Odds {
  return { sourceFilterRate: filterRate, sourceFailureRate: failureRate * (1 - filterRate) };
}

function chance(
  random: Random,
  given: { readonly spec: Odds; readonly failures: readonly (readonly [FailureKind, number])[] },
): WantedResult {
  const drawn = random();
  if (drawn < given.spec.sourceFilterRate) return { kind: "filtered" };
  if (drawn < given.spec.sourceFilterRate + given.spec.sourceFailureRate) {
    return { kind: "error", failure: pick(random, given.failures) };
  }
  return { kind: "sent" };
}

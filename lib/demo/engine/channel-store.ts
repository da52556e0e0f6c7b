import type { ChannelSpec, ChannelState } from "./channel-spec";
import { createQueue, type DestinationQueue } from "./destination-queue";
import { addCounters, type Counters, countRow, noCounts } from "./statistics";
import { type ConnectorRow, finishedAtMs, rowsAt, type StoredMessage } from "./stored-message";

/** One channel as it stands: its messages, its counters, its queues. Owned by one engine; nothing else writes to it. */
export type ChannelStore = {
  readonly spec: ChannelSpec;
  state(): ChannelState;
  setState(state: ChannelState): void;
  nextMessageId(): number;
  add(message: StoredMessage): void;
  /** Puts new rows under an old id: what "reprocess and replace" does. Counters of the old rows are taken back. */
  replace(message: StoredMessage): void;
  remove(messageId: number): boolean;
  /** Forgets messages that came in before, as the engine's pruner does; those that still wait stay. */
  prune(beforeMs: number): void;
  find(messageId: number): StoredMessage | undefined;
  /** Oldest first; empty in storage mode DISABLED. */
  messages(): readonly StoredMessage[];
  maxMessageId(): number;
  /** Counters of every connector, source first, as they stand at an instant. */
  counters(of: "current" | "lifetime", nowMs: number): readonly Counters[];
  clearStatistics(): void;
  queued(metaDataId: number, nowMs: number): number;
  queue(metaDataId: number): DestinationQueue;
  /** Brings queues up to date: retries of the head, or draining. */
  settle(nowMs: number): void;
};

export function createChannelStore(spec: ChannelSpec, firstMessageId = 1): ChannelStore {
  const keeps = spec.storage !== "DISABLED";
  let state = spec.state;
  let lastId = firstMessageId - 1;
  let inFlight: StoredMessage[] = [];
  const byId = new Map<number, StoredMessage>();
  const counts = { current: emptyCounts(spec), lifetime: emptyCounts(spec) };
  const queues = spec.destinations.map((destination) => createQueue({ isDown: destination.startsDown }));

  const count = (row: ConnectorRow, by: number) => {
    for (const counters of [counts.current, counts.lifetime]) {
      counters[row.metaDataId] = countRow(counters[row.metaDataId] ?? noCounts, { row, by });
    }
  };
  const remember = (message: StoredMessage) => {
    if (keeps) byId.set(message.messageId, message);
    for (const row of message.rows) {
      if (row.status === "QUEUED") queues[row.metaDataId - 1]?.push(message.messageId);
    }
    inFlight.push(message);
  };
  /** Counts messages once every row of theirs is final; until then they are counted as they look. */
  const land = (nowMs: number) => {
    const stillFlying = inFlight.filter((message) => !isLanded(message, nowMs));
    for (const message of inFlight) {
      if (isLanded(message, nowMs)) for (const row of message.rows) count(row, 1);
    }
    inFlight = stillFlying;
  };
  const changeRow = (messageId: number, row: ConnectorRow) => {
    const message = byId.get(messageId);
    if (message === undefined) return;
    const before = message.rows.find((one) => one.metaDataId === row.metaDataId);
    byId.set(messageId, {
      ...message,
      rows: message.rows.map((one) => (one.metaDataId === row.metaDataId ? row : one)),
    });
    if (before !== undefined) count(before, -1);
    count(row, 1);
  };

  return {
    spec,
    state: () => state,
    setState: (next) => {
      state = next;
    },
    nextMessageId: () => {
      lastId += 1;
      return lastId;
    },
    add: remember,
    replace: (message) => {
      land(Number.POSITIVE_INFINITY);
      for (const row of byId.get(message.messageId)?.rows ?? []) count(row, -1);
      for (const queue of queues) queue.drop(message.messageId);
      remember(message);
    },
    remove: (messageId) => {
      for (const queue of queues) queue.drop(messageId);
      return byId.delete(messageId);
    },
    prune: (beforeMs) => {
      for (const message of byId.values()) {
        if (message.receivedAtMs >= beforeMs) return;
        if (message.rows.every((row) => row.status !== "QUEUED")) byId.delete(message.messageId);
      }
    },
    find: (messageId) => byId.get(messageId),
    // A map keeps the order of first insertion, and ids only rise; a replace keeps its place.
    messages: () => [...byId.values()],
    maxMessageId: () => (keeps && lastId >= firstMessageId ? lastId : 0),
    counters: (of, nowMs) => {
      land(nowMs);
      return counts[of].map((counters, metaDataId) =>
        addCounters(counters, countFlying({ inFlight, metaDataId, nowMs })),
      );
    },
    clearStatistics: () => {
      land(Number.POSITIVE_INFINITY);
      counts.current = emptyCounts(spec);
    },
    queued: (metaDataId, nowMs) =>
      metaDataId === 0
        ? inFlight.filter((message) => rowsAt(message, nowMs)[0]?.status === "RECEIVED").length
        : (queues[metaDataId - 1]?.size() ?? 0),
    queue: (metaDataId) => queues[metaDataId - 1] ?? createQueue({ isDown: false }),
    settle: (nowMs) => {
      land(nowMs);
      queues.forEach((queue, index) => {
        for (const { messageId, row } of queue.settle({ nowMs, rowOf: rowOf(byId, index + 1) })) {
          changeRow(messageId, row);
        }
      });
    },
  };
}

function emptyCounts(spec: ChannelSpec): Counters[] {
  return [noCounts, ...spec.destinations.map(() => noCounts)];
}

function isLanded(message: StoredMessage, nowMs: number): boolean {
  return message.rows.every((row) => row.receivedAtMs <= nowMs && finishedAtMs(row) <= nowMs);
}

function rowOf(
  byId: ReadonlyMap<number, StoredMessage>,
  metaDataId: number,
): (messageId: number) => ConnectorRow | undefined {
  return (messageId) => byId.get(messageId)?.rows.find((row) => row.metaDataId === metaDataId);
}

function countFlying(given: {
  readonly inFlight: readonly StoredMessage[];
  readonly metaDataId: number;
  readonly nowMs: number;
}): Counters {
  return given.inFlight
    .flatMap((message) => rowsAt(message, given.nowMs))
    .filter((row) => row.metaDataId === given.metaDataId)
    .reduce((counters, row) => countRow(counters, { row, by: 1 }), noCounts);
}

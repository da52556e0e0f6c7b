import type { ConnectorRow } from "./stored-message";

/** The engine retries the head of a queue every ten seconds by default. */
const retryIntervalMs = 10_000;
/** Once the partner answers again, one message after the other goes out. */
const drainStepMs = 40;

export type DestinationQueue = {
  isDown(): boolean;
  setDown(change: { readonly isDown: boolean; readonly atMs: number }): void;
  push(messageId: number): void;
  drop(messageId: number): void;
  size(): number;
  /** Rows that look different now than they were stored. */
  settle(at: Settling): readonly { readonly messageId: number; readonly row: ConnectorRow }[];
};

type Settling = {
  readonly nowMs: number;
  readonly rowOf: (messageId: number) => ConnectorRow | undefined;
};

/** First in, first out; only the head is ever attempted, and it blocks the rest. */
export function createQueue(start: { readonly isDown: boolean }): DestinationQueue {
  let isDown = start.isDown;
  let upSinceMs = 0;
  let drained = 0;
  let waiting: number[] = [];

  const drain = ({ nowMs, rowOf }: Settling) => {
    const changes: { messageId: number; row: ConnectorRow }[] = [];
    while (waiting[0] !== undefined) {
      const sentAtMs = upSinceMs + (drained + 1) * drainStepMs;
      if (sentAtMs + drainStepMs > nowMs) break;
      const messageId = waiting[0];
      const row = rowOf(messageId);
      waiting = waiting.slice(1);
      drained += 1;
      if (row !== undefined) changes.push({ messageId, row: delivered(row, sentAtMs) });
    }
    return changes;
  };

  return {
    isDown: () => isDown,
    setDown: (change) => {
      isDown = change.isDown;
      upSinceMs = change.atMs;
      drained = 0;
    },
    push: (messageId) => waiting.push(messageId),
    drop: (messageId) => {
      waiting = waiting.filter((one) => one !== messageId);
    },
    size: () => waiting.length,
    settle: (at) => {
      const [messageId] = waiting;
      if (messageId === undefined) return [];
      if (!isDown) return drain(at);
      const row = at.rowOf(messageId);
      return row === undefined ? [] : [{ messageId, row: retried(row, at.nowMs) }];
    },
  };
}

function retried(head: ConnectorRow, nowMs: number): ConnectorRow {
  const firstMs = head.receivedAtMs + 4;
  const retries = Math.max(0, Math.floor((nowMs - firstMs) / retryIntervalMs));
  const sentAtMs = firstMs + retries * retryIntervalMs;
  return {
    ...head,
    sendAttempts: retries + 1,
    sentAtMs,
    respondedAtMs: sentAtMs + 5,
    errorCode: 1,
    failure: "connect_refused",
  };
}

function delivered(row: ConnectorRow, sentAtMs: number): ConnectorRow {
  return {
    metaDataId: row.metaDataId,
    status: "SENT",
    receivedAtMs: row.receivedAtMs,
    sendAttempts: row.sendAttempts + 1,
    sentAtMs,
    respondedAtMs: sentAtMs + drainStepMs - 5,
    errorCode: 0,
  };
}

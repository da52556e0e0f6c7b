import type { FailureKind } from "./failure";

/** Status words of the API, in the engine's order. */
export const rowStatuses = [
  "RECEIVED",
  "FILTERED",
  "TRANSFORMED",
  "SENT",
  "QUEUED",
  "ERROR",
  "PENDING",
] as const;
export type RowStatus = (typeof rowStatuses)[number];

/** One message on one connector (metaDataId 0 = source). All times are epoch milliseconds of the engine's clock. */
export type ConnectorRow = {
  readonly metaDataId: number;
  readonly status: RowStatus;
  readonly receivedAtMs: number;
  readonly sendAttempts: number;
  readonly sentAtMs?: number;
  readonly respondedAtMs?: number;
  readonly errorCode: number;
  readonly failure?: FailureKind;
};

/** What a message is about; its bodies are made from this when somebody asks for content. */
export type MessageFacts = {
  readonly messageType: string;
  readonly controlId: string;
  readonly patient: number;
  readonly accession: string;
  readonly orderNumber: string;
  readonly createdAtMs: number;
  /** What stands after PID, where it was not made up from the rest. */
  readonly segments?: readonly string[];
  /** Where a control character was planted: `column` reaches every page, `content` only pages with content. */
  readonly controlCharacter?: "column" | "content";
};

export type StoredMessage = {
  readonly messageId: number;
  /** The first received time; a replace keeps it. */
  readonly receivedAtMs: number;
  readonly originalId?: number;
  readonly facts: MessageFacts;
  readonly rows: readonly ConnectorRow[];
};

/** When a row has reached the status it is stored with. */
export function finishedAtMs(row: ConnectorRow): number {
  return row.respondedAtMs ?? row.receivedAtMs + 1;
}

/** The rows as the engine would show them at an instant: not yet there, in work, or final. */
export function rowsAt(message: StoredMessage, nowMs: number): readonly ConnectorRow[] {
  return message.rows
    .filter((row) => row.receivedAtMs <= nowMs)
    .map((row) => (row.status === "QUEUED" || finishedAtMs(row) <= nowMs ? row : inWork(row)));
}

/** `processed` = every row has left R and P; a queued destination counts as processed. */
export function isProcessedAt(message: StoredMessage, nowMs: number): boolean {
  return message.rows.every((row) => row.status === "QUEUED" || finishedAtMs(row) <= nowMs);
}

function inWork(row: ConnectorRow): ConnectorRow {
  return {
    metaDataId: row.metaDataId,
    status: "RECEIVED",
    receivedAtMs: row.receivedAtMs,
    sendAttempts: 0,
    errorCode: 0,
  };
}

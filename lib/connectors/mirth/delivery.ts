import type { FirstOutcome, MessageState, Outcome } from "@/lib/core/message/outcome";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import type { Mapping } from "./pages";
import { ackCodeOf, reasonOf } from "./reasons";
import type { Failure, Message, Row } from "./wire";

export type SeenRow = {
  readonly channelId: string;
  readonly observedSeq: number;
  readonly mapping: Mapping;
  readonly message: Message;
  readonly row: Row;
  /** Known only for failed rows whose content was read. */
  readonly failure: Failure | undefined;
};

/**
 * One row of the engine as an observation of a delivery. Times are taken from the rows: after a replace the message's
 * own receivedDate is that of the first processing, and stays the delivery's identity only.
 */
export function deliveryOf(seen: SeenRow): DeliveryObservation {
  const { channelId, observedSeq, message, row } = seen;
  const outcome = outcomeOf(row);
  return {
    kind: "delivery",
    interface: channelId,
    leg: String(row.metaDataId),
    direction: row.metaDataId === 0 ? "source" : "destination",
    ...(message.channelName === undefined ? {} : { interfaceName: message.channelName.slice(0, 256) }),
    ...(row.connectorName === undefined ? {} : { legName: row.connectorName.slice(0, 256) }),
    messageId: String(message.messageId),
    receivedAt: new Date(message.receivedAtMs),
    startedAt: new Date(sourceRow(message)?.receivedAtMs ?? message.receivedAtMs),
    ...timesOf(row, outcome),
    state: states[row.status],
    outcome,
    ...firstOutcomeOf(message, row),
    ...(outcome === "failed" ? faultOf(seen.failure) : {}),
    attempts: row.sendAttempts,
    ...columnsOf(row, seen.mapping),
    ...(message.originalId === undefined ? {} : { replayOf: String(message.originalId) }),
    observedSeq,
  };
}

/** A replace renews the source row and keeps the message's first received time. */
export function wasReplaced(message: Message): boolean {
  const source = sourceRow(message);
  return source !== undefined && source.receivedAtMs > message.receivedAtMs;
}

const states = {
  RECEIVED: "received",
  FILTERED: "filtered",
  TRANSFORMED: "transformed",
  SENT: "sent",
  QUEUED: "queued",
  ERROR: "error",
  PENDING: "pending",
} as const satisfies Readonly<Record<Row["status"], MessageState>>;

const outcomes = {
  // Not yet processed, or waiting in the source queue.
  RECEIVED: "pending",
  FILTERED: "filtered",
  // Where a source row ends that its destinations took over; no destination stays in it.
  TRANSFORMED: "ok",
  SENT: "ok",
  QUEUED: "pending",
  ERROR: "failed",
  // Sent, and the response transformer has not run yet.
  PENDING: "pending",
} as const satisfies Readonly<Record<Row["status"], Outcome>>;

/** `status` alone: errorCode is 0 for errors that a script returned, and 1 for rows that are queued again. */
function outcomeOf(row: Row): Outcome {
  return outcomes[row.status];
}

function sourceRow(message: Message): Row | undefined {
  return message.rows.find(({ metaDataId }) => metaDataId === 0);
}

type Times = Partial<Readonly<Pick<DeliveryObservation, "sentAt" | "ackedAt" | "waitMs">>>;

/** A queued row shows the times of its last attempt, which end nothing, so only finished rows have them. */
function timesOf(row: Row, outcome: Outcome): Times {
  if (outcome === "pending") return {};
  const waitMs = row.sentAtMs === undefined ? undefined : row.sentAtMs - row.receivedAtMs;
  return {
    ...(row.sentAtMs === undefined ? {} : { sentAt: new Date(row.sentAtMs) }),
    ...(row.respondedAtMs === undefined ? {} : { ackedAt: new Date(row.respondedAtMs) }),
    ...(row.metaDataId === 0 || waitMs === undefined || waitMs < 0 ? {} : { waitMs }),
  };
}

type First = { readonly firstOutcome?: FirstOutcome; readonly firstOutcomeInferred?: boolean };

/**
 * What the first attempt came to, where the row still tells: a queued row with attempts has failed before, and so has one
 * that needed more than one to be sent. A replay is no first attempt, and a replaced row forgot its own.
 */
function firstOutcomeOf(message: Message, row: Row): First {
  if (message.originalId !== undefined || wasReplaced(message)) return {};
  switch (row.status) {
    case "ERROR":
      return { firstOutcome: "failed" };
    case "QUEUED":
      return row.sendAttempts > 0 ? { firstOutcome: "failed" } : {};
    case "SENT":
      return row.sendAttempts > 1
        ? { firstOutcome: "failed", firstOutcomeInferred: true }
        : { firstOutcome: "ok" };
    case "TRANSFORMED":
      return { firstOutcome: "ok" };
    case "RECEIVED":
    case "FILTERED":
    case "PENDING":
      return {};
  }
}

type Fault = Partial<Readonly<Pick<DeliveryObservation, "reason" | "errorText" | "ackCode">>>;

function faultOf(failure: Failure | undefined): Fault {
  if (failure === undefined) return { reason: "other" };
  const ackCode = ackCodeOf(failure.responseText);
  return {
    reason: reasonOf({ ...failure, httpStatus: failure.httpStatus, isPartner: failure.metaDataId !== 0 }),
    ...(failure.errorText === "" ? {} : { errorText: failure.errorText.slice(0, 16_384) }),
    ...(ackCode === undefined ? {} : { ackCode }),
  };
}

type FromColumns = Partial<
  Readonly<Pick<DeliveryObservation, "controlId" | "messageType" | "accession" | "orderNumber" | "patient">>
>;

/** Custom columns that somebody mapped, and TYPE, which every channel has. Values too long to be true are left out. */
function columnsOf({ columns }: Row, mapping: Mapping): FromColumns {
  const value = (column: string | undefined, longest: number) => {
    const text = column === undefined ? undefined : columns[column]?.trim();
    return text === undefined || text === "" || text.length > longest ? undefined : text;
  };
  const controlId = value(mapping.controlId, 256);
  const messageType = value("TYPE", 64);
  const accession = value(mapping.accession, 64);
  const orderNumber = value(mapping.orderNumber, 128);
  const mrn = value(mapping.mrn, 64);
  const { mrnAuthority } = mapping;
  return {
    ...(controlId === undefined ? {} : { controlId }),
    ...(messageType === undefined ? {} : { messageType: hl7Type(messageType) }),
    ...(accession === undefined ? {} : { accession }),
    ...(orderNumber === undefined ? {} : { orderNumber }),
    ...(mrn === undefined || !mrnAuthority
      ? {}
      : { patient: { value: mrn, assigningAuthority: mrnAuthority } }),
  };
}

/** The engine writes MSH-9 as `ADT-A01`; the standard's component separator is put back. */
function hl7Type(text: string): string {
  return /^[A-Z]{3}-[A-Z0-9]{3}$/.test(text) ? text.replace("-", "^") : text;
}

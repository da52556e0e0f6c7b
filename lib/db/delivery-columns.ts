import { booleanElement, bytesElement, textElement } from "./array-literal";
import type { DeliveryRow } from "./delivery-row";

/** One column of signal.delivery: how it is called, sent and replaced. */
export type DeliveryColumn = {
  readonly name: string;
  /** Type of the array that is sent. */
  readonly arrayType: "int4" | "int8" | "float8" | "bool" | "text" | "bytea";
  /** `identity` never changes; `first` follows the lowest observation with an outcome; `body` the highest observation. */
  readonly role: "identity" | "first" | "body";
  readonly element: (row: DeliveryRow) => string | number | undefined;
};

/** Every column that is written, in the order of the statement's parameters. Instants travel as epoch milliseconds. */
export const deliveryColumns: readonly DeliveryColumn[] = [
  { name: "leg_id", arrayType: "int4", role: "identity", element: (row) => row.legId },
  { name: "received_at", arrayType: "float8", role: "identity", element: (row) => row.receivedMs },
  { name: "id", arrayType: "int8", role: "identity", element: (row) => row.id },
  { name: "message_key", arrayType: "int8", role: "identity", element: (row) => row.messageKey },
  text("engine_message_id", "identity", (row) => row.engineMessageId),
  text("control_id", "body", (row) => row.controlId),
  text("message_type", "body", (row) => row.messageType),
  text("state", "body", (row) => row.state),
  text("outcome", "body", (row) => row.outcome),
  text("first_outcome", "first", (row) => row.firstOutcome),
  plain("first_outcome_seq", "int8", (row) => row.firstOutcomeSeq, "first"),
  plain("first_inferred", "bool", (row) => booleanElement(row.firstInferred), "first"),
  text("ack_code", "body", (row) => row.ackCode),
  text("reason", "body", (row) => row.reason),
  plain("attempts", "int4", (row) => row.attempts),
  plain("started_at", "float8", (row) => row.startedMs),
  plain("sent_at", "float8", (row) => row.sentMs),
  plain("acked_at", "float8", (row) => row.ackedMs),
  plain("latency_ms", "int4", (row) => row.latencyMs),
  plain("wait_ms", "int4", (row) => row.waitMs),
  plain("partner_ms", "int4", (row) => row.partnerMs),
  plain("clock_suspect", "bool", (row) => booleanElement(row.clockSuspect)),
  plain("size_bytes", "int4", (row) => row.sizeBytes),
  text("accession", "body", (row) => row.accession),
  text("order_number", "body", (row) => row.orderNumber),
  { name: "patient_ref", arrayType: "bytea", role: "body", element: (row) => bytesElement(row.patientRef) },
  text("error_text", "body", (row) => row.errorText),
  text("replay_of", "body", (row) => row.replayOf),
  plain("interface_revision", "int4", (row) => row.interfaceRevision),
  plain("observed_seq", "int8", (row) => row.observedSeq),
  plain("body_digest", "int8", (row) => row.bodyDigest),
];

function text(
  name: string,
  role: DeliveryColumn["role"],
  value: (row: DeliveryRow) => string | undefined,
): DeliveryColumn {
  return { name, arrayType: "text", role, element: (row) => textElement(value(row)) };
}

function plain(
  name: string,
  arrayType: DeliveryColumn["arrayType"],
  element: DeliveryColumn["element"],
  role: DeliveryColumn["role"] = "body",
): DeliveryColumn {
  return { name, arrayType, role, element };
}

import type { MessageState } from "@/lib/core/message/outcome";
import type { FailureReason } from "@/lib/core/message/reason";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import type { ChannelSpec } from "../engine/channel-spec";
import { type FailureKind, failureText } from "../engine/failure";
import { columnValue } from "../engine/message-facts";
import type { MessageFacts } from "../engine/stored-message";
import type { HospitalInterface } from "../hospital/hospital-interface";
import { demoAuthority, inventedPatient } from "../patients";
import type { DrawnDelivery, DrawnMessage } from "./drawn-message";

/** What is the same for every leg of one message. */
export type MessageName = {
  readonly feed: HospitalInterface;
  readonly spec: ChannelSpec;
  readonly messageId: string;
  readonly replayOf: string | undefined;
  readonly facts: MessageFacts;
};

/** A delivery as its source would have reported it. */
export function observationOf(
  name: MessageName,
  of: { readonly message: DrawnMessage; readonly delivery: DrawnDelivery },
): DeliveryObservation {
  const { message, delivery } = of;
  const receivedAt = new Date(message.receivedMs);
  const failure = delivery.failure;
  const text = failure && failureText(failure, { channelName: name.spec.name }).processingError;
  return {
    kind: "delivery",
    interface: name.feed.externalId,
    leg: String(delivery.leg),
    direction: delivery.leg === 0 ? "source" : "destination",
    messageId: name.messageId,
    receivedAt,
    startedAt: receivedAt,
    ...(delivery.sentMs !== undefined && { sentAt: new Date(delivery.sentMs) }),
    ...(delivery.sentMs !== undefined && { waitMs: delivery.sentMs - delivery.turnMs }),
    ...(delivery.ackedMs !== undefined && { ackedAt: new Date(delivery.ackedMs) }),
    state: stateOf(delivery),
    outcome: delivery.outcome,
    ...(delivery.firstOutcome && { firstOutcome: delivery.firstOutcome }),
    ...(delivery.isFirstInferred && { firstOutcomeInferred: true }),
    ...(failure && { reason: reasons[failure] }),
    ...ackCode(failure),
    ...(text !== undefined && { errorText: text }),
    attempts: delivery.attempts,
    messageType: name.facts.messageType,
    ...identifiers(name),
    ...(name.replayOf !== undefined && { replayOf: name.replayOf }),
    // Read by the poller some seconds later; a pusher counts its own observations.
    observedSeq: name.feed.feed === "engine" ? message.receivedMs + 15_000 : 1,
  };
}

/** What an engine channel keeps in custom columns, a feed of its own tells by itself. */
function identifiers({ feed, spec, facts }: MessageName) {
  const has = (content: "accession" | "orderNumber" | "mrn") =>
    feed.feed === "push" || spec.columns.some((column) => column.holds === content);
  const accession = has("accession") ? columnValue("accession", { spec, facts }) : undefined;
  const orderNumber = has("orderNumber") ? columnValue("orderNumber", { spec, facts }) : undefined;
  const { mrn } = inventedPatient(facts.patient);
  return {
    controlId: facts.controlId,
    ...(accession !== undefined && { accession }),
    ...(orderNumber !== undefined && { orderNumber }),
    ...(has("mrn") && { patient: { value: mrn, assigningAuthority: demoAuthority } }),
  };
}

function ackCode(failure: FailureKind | undefined): { readonly ackCode?: "AE" | "AR" } {
  if (failure === "nack_ae") return { ackCode: "AE" };
  return failure === "nack_ar" ? { ackCode: "AR" } : {};
}

function stateOf({ leg, outcome }: DrawnDelivery): MessageState {
  switch (outcome) {
    case "ok":
      return leg === 0 ? "transformed" : "sent";
    case "failed":
      return "error";
    case "filtered":
      return "filtered";
    case "pending":
      return "queued";
    case "unknown":
      return "received";
  }
}

const reasons: Readonly<Record<FailureKind, FailureReason>> = {
  connect_refused: "connect_refused",
  timeout: "ack_timeout",
  http_500: "http_5xx",
  http_422: "http_4xx",
  nack_ae: "nack_ae",
  nack_ar: "nack_ar",
  transform_error: "transform_error",
  filter_error: "filter_error",
  script_response: "script_error",
  file_error: "file_error",
  database_error: "database_error",
  dicom_refused: "dicom_refused",
};

import { hash } from "node:crypto";
import { readFaults } from "@/lib/core/formats/hl7v2/faults";
import { correlationOf, type Hl7Header, readHeader } from "@/lib/core/formats/hl7v2/header";
import { findLean, firstValue, type LeanMessage, readLean, valuesOf } from "@/lib/core/formats/hl7v2/lean";
import { type AckCode, ackCodes } from "@/lib/core/message/outcome";
import type { FailureReason } from "@/lib/core/message/reason";
import { ackReasons, faultReasons } from "@/lib/core/message/reason-of-text";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import type { MllpConfig } from "./config";

/** The one interface of a port, and its one leg. */
const INTERFACE = "mllp";
const LEG = "0";

export type Arrived = {
  readonly message: LeanMessage;
  readonly header: Hl7Header;
  readonly text: string;
  readonly receivedAt: Date;
  readonly answer: { readonly text: string; readonly receivedAt: Date } | undefined;
};

/** One message as one delivery. Its name holds a digest of its bytes: senders that count control ids anew lose nothing. */
export function deliveryOf(arrived: Arrived, config: MllpConfig): DeliveryObservation {
  const { message, header, text } = arrived;
  const exam = examOf(message);
  const patient = patientOf(message, config);
  return {
    kind: "delivery",
    interface: INTERFACE,
    leg: LEG,
    direction: "source",
    interfaceName: config.interfaceName || `MLLP ${config.port}`,
    legName: config.mode === "tap" ? "Tap" : "Receiver",
    messageId: messageIdOf(header, text),
    receivedAt: arrived.receivedAt,
    isArrivalTime: true,
    attempts: 1,
    controlId: header.controlId?.slice(0, 256),
    messageType: header.messageType?.slice(0, 64),
    sizeBytes: Buffer.byteLength(text),
    ...exam,
    ...(patient && { patient }),
    ...resultOf(arrived, config),
  };
}

export function messageIdOf({ sender, controlId }: Hl7Header, text: string): string {
  const digest = hash("sha256", text.trim(), "hex").slice(0, 12);
  return `${correlationOf(sender, controlId ?? "").slice(0, 240)}|${digest}`;
}

type Result = Pick<
  DeliveryObservation,
  | "state"
  | "outcome"
  | "firstOutcome"
  | "ackCode"
  | "reason"
  | "errorText"
  | "ackedAt"
  | "latencyMs"
  | "observedSeq"
>;

/** A tap of messages alone knows no more than that it passed; with both directions it is pending until it is answered. */
function resultOf({ header, answer, receivedAt, text }: Arrived, config: MllpConfig): Result {
  const own = ackCodeOf(header.acknowledges?.code);
  if (own !== undefined) return answered(own, { text, observedSeq: 0 });
  if (answer !== undefined) {
    const code = ackCodeOf(readAcknowledgement(answer.text)?.acknowledges?.code);
    const span = Math.max(answer.receivedAt.getTime() - receivedAt.getTime(), 0);
    const seen = { text: answer.text, observedSeq: 1 };
    return { ...answered(code, seen), ackedAt: answer.receivedAt, latencyMs: span };
  }
  if (config.mode === "tap" && config.copies === "both") {
    return { state: "received", outcome: "pending", observedSeq: 0 };
  }
  return { state: "received", outcome: "ok", firstOutcome: "ok", observedSeq: 0 };
}

/** The header of an acknowledgement; undefined for a text that is none. */
export function readAcknowledgement(text: string): Hl7Header | undefined {
  const message = readLean(text);
  return message && readHeader(message);
}

function ackCodeOf(code: string | undefined): AckCode | undefined {
  return ackCodes.find((known) => known === code);
}

function answered(
  code: AckCode | undefined,
  seen: { readonly text: string; readonly observedSeq: number },
): Result {
  const { observedSeq } = seen;
  if (code === "AA" || code === "CA") {
    return { state: "sent", outcome: "ok", firstOutcome: "ok", ackCode: code, observedSeq };
  }
  const base = { state: "error", outcome: "failed", firstOutcome: "failed", observedSeq } as const;
  const errorText = faultText(seen.text);
  return {
    ...base,
    reason: reasonOf(seen.text, code),
    ...(code && { ackCode: code }),
    ...(errorText && { errorText }),
  };
}

function reasonOf(acknowledgement: string, code: AckCode | undefined): FailureReason {
  const named = readFaults(acknowledgement).flatMap((fault) => faultReasons[fault.code ?? ""] ?? [])[0];
  if (named !== undefined) return named;
  return code === undefined || code === "AA" || code === "CA" ? "other" : ackReasons[code];
}

/** MSA-3 and the texts of ERR, as the receiver wrote them; what names patients is taken out before it is stored. */
function faultText(acknowledgement: string): string | undefined {
  const message = readLean(acknowledgement);
  if (message === undefined) return undefined;
  const parts = message.segments
    .filter(({ name }) => name === "MSA" || name === "ERR")
    .map(({ name, fields }) => [name, ...fields().slice(1)].join("|").replace(/\|+$/, ""));
  return parts.join("\n").slice(0, 16_000) || undefined;
}

/** OBR-18 is where IHE puts the accession number, IPC-1 where newer senders do; ORC and OBR both carry the numbers. */
function examOf(message: LeanMessage): Pick<DeliveryObservation, "accession" | "orderNumber"> {
  const [obr, orc, ipc] = ["OBR", "ORC", "IPC"].map((name) => findLean(message, name)?.fields());
  const accession = firstValue(message, ipc?.[1]) ?? firstValue(message, obr?.[18]);
  const order = firstValue(message, orc?.[2]) ?? firstValue(message, obr?.[2]);
  return {
    ...(accession && { accession: accession.slice(0, 64) }),
    ...(order && { orderNumber: order.slice(0, 128) }),
  };
}

/** The first identifier of PID-3 that has an assigning authority, or gets the one that the settings name. */
function patientOf(message: LeanMessage, config: MllpConfig): DeliveryObservation["patient"] {
  const pid = findLean(message, "PID")?.fields();
  const identifiers = valuesOf(message, pid?.[3]).map(({ at }) => ({
    value: at(1),
    assigningAuthority: at(4) ?? at(4, 2) ?? (config.assigningAuthority || undefined),
  }));
  for (const { value, assigningAuthority } of identifiers) {
    if (value !== undefined && assigningAuthority !== undefined && value.length <= 64) {
      return { value, assigningAuthority: assigningAuthority.slice(0, 128) };
    }
  }
  return undefined;
}

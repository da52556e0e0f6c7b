import { deliveryId, digest64, messageKey } from "@/lib/core/message/digest";
import { latenciesOf } from "@/lib/core/message/latency";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import { scrubErrorText } from "@/lib/core/message/scrub";
import { patientRef } from "@/lib/crypto/keyed-hash";
import type { DeliveryRow } from "@/lib/db/delivery-row";

/** Turns observations of one batch of one source into rows: identity, latencies, patient reference, scrubbed text, digest. */
export function deliveryRowMaker(
  sourceId: number,
): (seen: DeliveryObservation, legId: number) => DeliveryRow {
  const refs = new Map<string, Buffer>();
  const refOf = (patient: NonNullable<DeliveryObservation["patient"]>) => {
    const key = `${patient.assigningAuthority}\u001f${patient.value}`;
    const known = refs.get(key);
    if (known !== undefined) return known;
    const made = patientRef(patient);
    refs.set(key, made);
    return made;
  };
  return (seen, legId) => {
    const row = rowWithoutDigest({ sourceId, seen, legId, ref: seen.patient && refOf(seen.patient) });
    return { ...row, bodyDigest: bodyDigest(row) };
  };
}

type Draft = Omit<DeliveryRow, "bodyDigest">;

function rowWithoutDigest(from: {
  readonly sourceId: number;
  readonly seen: DeliveryObservation;
  readonly legId: number;
  readonly ref: Buffer | undefined;
}): Draft {
  const { sourceId, seen, legId, ref } = from;
  const name = { sourceId, interface: seen.interface, messageId: seen.messageId, leg: seen.leg };
  const { latencyMs, waitMs, partnerMs, clockSuspect } = latenciesOf(seen);
  return {
    legId,
    receivedMs: seen.receivedAt.getTime(),
    id: deliveryId(name),
    messageKey: messageKey(name),
    engineMessageId: seen.messageId,
    controlId: seen.controlId,
    messageType: seen.messageType,
    state: seen.state,
    outcome: seen.outcome,
    firstOutcome: seen.firstOutcome,
    firstOutcomeSeq: seen.firstOutcome === undefined ? undefined : seen.observedSeq,
    firstInferred: seen.firstOutcomeInferred ?? false,
    ackCode: seen.ackCode,
    reason: seen.reason,
    attempts: seen.attempts,
    startedMs: seen.startedAt?.getTime(),
    sentMs: seen.sentAt?.getTime(),
    ackedMs: seen.ackedAt?.getTime(),
    latencyMs,
    waitMs,
    partnerMs,
    clockSuspect,
    sizeBytes: seen.sizeBytes,
    accession: seen.accession,
    orderNumber: seen.orderNumber,
    patientRef: ref,
    errorText: seen.errorText === undefined ? undefined : scrubErrorText(seen.errorText),
    replayOf: seen.replayOf,
    interfaceRevision: seen.interfaceRevision,
    observedSeq: seen.observedSeq,
  };
}

/**
 * Equal for two observations that say the same of a delivery, whatever their observedSeq. Taken after scrubbing and
 * with the keyed patient reference: a plain digest of an MRN could be guessed back.
 */
function bodyDigest(row: Draft): string {
  return digest64([
    row.state,
    row.outcome,
    row.firstOutcome,
    row.firstInferred,
    row.ackCode,
    row.reason,
    row.attempts,
    row.startedMs,
    row.sentMs,
    row.ackedMs,
    row.latencyMs,
    row.waitMs,
    row.partnerMs,
    row.clockSuspect,
    row.controlId,
    row.messageType,
    row.sizeBytes,
    row.accession,
    row.orderNumber,
    row.patientRef?.toString("hex"),
    row.errorText,
    row.replayOf,
    row.interfaceRevision,
  ]);
}

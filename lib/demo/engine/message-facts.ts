import { inventedPatient, patientCount } from "../patients";
import { pick, type Random } from "../random";
import type { ChannelSpec, ColumnContent } from "./channel-spec";
import type { MessageFacts } from "./stored-message";

/** Makes up what a message of this channel is about. Nothing of it comes from a real person. */
export function drawFacts(given: {
  readonly spec: ChannelSpec;
  readonly random: Random;
  readonly messageId: number;
  readonly atMs: number;
}): MessageFacts {
  const { spec, random, messageId, atMs } = given;
  const messageType = pick(random, spec.messageTypes);
  const family = messageType.slice(0, 3).toUpperCase();
  const order = 100_000 + Math.floor(random() * 899_999);
  return {
    messageType,
    controlId: `${family}${String(order)}-${String(atMs).slice(-8)}-${messageId}`,
    patient: Math.floor(random() * patientCount),
    accession: `A${String(order)}`,
    orderNumber: `O${String(order)}`,
    createdAtMs: atMs - Math.floor(random() * 900),
  };
}

/** The value of a custom metadata column; undefined where this kind of message has none. */
export function columnValue(
  content: ColumnContent,
  of: { readonly spec: ChannelSpec; readonly facts: MessageFacts },
): string | undefined {
  const { facts, spec } = of;
  const isOrder = /^(ORM|ORU|OMI|MDM|DICOM|ImagingStudy|DiagnosticReport|ServiceRequest)/.test(
    facts.messageType,
  );
  switch (content) {
    case "sender":
      return spec.sender;
    case "messageType":
      return facts.messageType.replace("^", "-");
    case "mrn":
      return facts.controlCharacter === "column"
        ? `\u0001${inventedPatient(facts.patient).mrn}`
        : inventedPatient(facts.patient).mrn;
    case "controlId":
      return facts.controlId;
    case "accession":
      return isOrder ? facts.accession : undefined;
    case "orderNumber":
      return isOrder ? facts.orderNumber : undefined;
  }
}

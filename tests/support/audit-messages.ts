/** An audit message as an archive writes it: somebody read the data of a patient. */
export function anAuditMessage(
  of: {
    readonly at?: Date;
    readonly user?: string;
    readonly address?: string;
    /** CX. */
    readonly patients?: readonly string[];
  } = {},
): string {
  const at = (of.at ?? new Date()).toISOString();
  const patients = (of.patients ?? ["4711^^^&1.2.3&ISO"]).map(
    (cx) =>
      `<ParticipantObjectIdentification ParticipantObjectID="${cx.replaceAll("&", "&amp;")}" ParticipantObjectTypeCode="1" ParticipantObjectTypeCodeRole="1"><ParticipantObjectIDTypeCode csd-code="2" codeSystemName="RFC-3881" originalText="Patient Number"/></ParticipantObjectIdentification>`,
  );
  return [
    `<85>1 ${at} pacs archive 1 IHE+RFC-3881 - \ufeff<?xml version="1.0" encoding="UTF-8"?>`,
    `<AuditMessage><EventIdentification EventActionCode="R" EventDateTime="${at}" EventOutcomeIndicator="0"><EventID csd-code="110103" codeSystemName="DCM" originalText="DICOM Instances Accessed"/></EventIdentification>`,
    `<ActiveParticipant UserID="${of.user ?? "eva"}" UserIsRequestor="true" NetworkAccessPointID="${of.address ?? "10.0.0.7"}" NetworkAccessPointTypeCode="2"/>`,
    `<AuditSourceIdentification AuditSourceID="archive"/>${patients.join("")}</AuditMessage>`,
  ].join("");
}

/** In a frame of RFC 5425. */
export function counted(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`;
}

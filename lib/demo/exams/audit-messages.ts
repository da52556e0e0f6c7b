import { comesTo, type DemoExam, type TellingSpan, toldOfExams } from "../hospital/exams";
import type { Hospital } from "../hospital/hospital";
import { demoAuthority } from "../patients";
import { studyUidOf } from "./exam-datasets";
import { accessionOf } from "./exam-messages";

/** One audit message as its system writes it: syslog with a message of DICOM (PS3.15, A.5) in it. */
export type AuditText = { readonly atMs: number; readonly text: string };

/** What PACS and EHR write of who looked at whose images and reports in a span, oldest first. */
export function auditMessages(hospital: Hospital, span: TellingSpan): readonly AuditText[] {
  return toldOfExams(hospital, span, (exam) =>
    looksAt(exam).map((look) => ({ atMs: look.atMs, text: syslogOf(look, exam) })),
  );
}

type Look = {
  readonly atMs: number;
  readonly system: "pacs" | "ehr";
  readonly event: Event;
  readonly action: "C" | "R" | "E";
  readonly who: Who;
};

type Event = { readonly code: string; readonly text: string };
type Who = { readonly id: string; readonly name: string; readonly address: string };

/** PS3.16, CID 400. */
const events = {
  transferred: { code: "110104", text: "DICOM Instances Transferred" },
  accessed: { code: "110103", text: "DICOM Instances Accessed" },
  record: { code: "110110", text: "Patient Record" },
} as const satisfies Readonly<Record<string, Event>>;

const readers: readonly Who[] = [
  { id: "mvale", name: "Maren Vale", address: "10.20.7.21" },
  { id: "tquist", name: "Tor Quist", address: "10.20.7.22" },
  { id: "iabara", name: "Ines Abara", address: "10.20.7.23" },
];
const wards: readonly Who[] = [
  { id: "rholt", name: "Rune Holt", address: "10.20.9.11" },
  { id: "sferri", name: "Silvia Ferri", address: "10.20.9.12" },
  { id: "pnowak", name: "Pia Nowak", address: "10.20.9.13" },
  { id: "jdoyle", name: "Jonah Doyle", address: "10.20.9.14" },
];

function looksAt(exam: DemoExam): readonly Look[] {
  const { times, station } = exam;
  const modality = { id: station, name: `Modality ${station}`, address: "10.20.5.40" };
  const stored: Look = {
    atMs: times.stable,
    system: "pacs",
    event: events.transferred,
    action: "C",
    who: modality,
  };
  const reader = whoOf(readers, times.started);
  const read = (atMs: number): Look => ({
    atMs,
    system: "pacs",
    event: events.accessed,
    action: "R",
    who: reader,
  });
  const seen = (atMs: number): Look => ({
    atMs,
    system: "ehr",
    event: events.record,
    action: "R",
    who: whoOf(wards, times.ordered),
  });
  return [
    seen(times.ordered - 4 * 60_000),
    ...(comesTo(exam, "study") ? [stored] : []),
    ...(comesTo(exam, "report")
      ? [read(times.preliminary - 5 * 60_000), seen(times.final + 11 * 60_000)]
      : []),
  ];
}

/** Somebody of the staff, the same one for the same instant. */
function whoOf(staff: readonly Who[], atMs: number): Who {
  return staff[Math.floor(atMs / 1_000) % staff.length] ?? { id: "unknown", name: "Unknown", address: "" };
}

function syslogOf({ atMs, system, event, action, who }: Look, exam: DemoExam): string {
  const at = new Date(atMs).toISOString();
  // 85: security and authorisation, notice.
  return [
    `<85>1 ${at} ${system}.demo ${system} - IHE+RFC-3881 - \ufeff<?xml version="1.0" encoding="UTF-8"?>`,
    "<AuditMessage>",
    `<EventIdentification EventActionCode="${action}" EventDateTime="${at}" EventOutcomeIndicator="0">`,
    `<EventID csd-code="${event.code}" codeSystemName="DCM" originalText="${event.text}"/></EventIdentification>`,
    `<ActiveParticipant UserID="${who.id}" UserName="${who.name}" UserIsRequestor="true" NetworkAccessPointID="${who.address}" NetworkAccessPointTypeCode="2"/>`,
    `<AuditSourceIdentification AuditSourceID="${system.toUpperCase()}" AuditEnterpriseSiteID="${demoAuthority}"/>`,
    patientOf(system === "pacs" ? exam.imagedAs.mrn : exam.patient.mrn),
    ...(system === "pacs" ? [studyOf(exam)] : []),
    "</AuditMessage>",
  ].join("");
}

function patientOf(mrn: string): string {
  const type = `<ParticipantObjectIDTypeCode csd-code="2" codeSystemName="RFC-3881" originalText="Patient Number"/>`;
  return `<ParticipantObjectIdentification ParticipantObjectID="${mrn}^^^${demoAuthority}" ParticipantObjectTypeCode="1" ParticipantObjectTypeCodeRole="1">${type}</ParticipantObjectIdentification>`;
}

function studyOf(exam: DemoExam): string {
  const type = `<ParticipantObjectIDTypeCode csd-code="110180" codeSystemName="DCM" originalText="Study Instance UID"/>`;
  const accession = `<ParticipantObjectDescription><Accession Number="${accessionOf(exam)}"/></ParticipantObjectDescription>`;
  return `<ParticipantObjectIdentification ParticipantObjectID="${studyUidOf(exam)}" ParticipantObjectTypeCode="2" ParticipantObjectTypeCodeRole="3">${type}${accession}</ParticipantObjectIdentification>`;
}

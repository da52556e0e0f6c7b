import type { ExamFact } from "@/lib/core/clinical/schema";
import { accessionOf, calledOffAt, isCritical } from "../exams/exam-messages";
import { comesTo, type DemoExam, type TellingSpan, toldOfExams } from "../hospital/exams";
import type { Hospital } from "../hospital/hospital";
import { demoAuthority } from "../patients";

/**
 * What the departments' own system pushes of exams in a span, oldest first: who performs them, and when somebody heard of a
 * critical result. HL7 and DICOM have no field for either that senders agree on.
 */
export function examItems(hospital: Hospital, span: TellingSpan): readonly ExamFact[] {
  return toldOfExams(hospital, span, (exam) =>
    factsOf(exam).map((fact) => ({ atMs: fact.at.getTime(), fact })),
  ).map(({ fact }) => fact);
}

function factsOf(exam: DemoExam): readonly ExamFact[] {
  const isAcknowledged = comesTo(exam, "report") && isCritical(exam) && exam.fault !== "not-acknowledged";
  return [
    bookingOf(exam),
    ...(exam.fault === "cancelled" ? [calledOff(exam)] : []),
    ...(isAcknowledged ? [callOf(exam)] : []),
  ];
}

/** The department books an exam some seconds after it was ordered. */
const bookedAfterMs = 20_000;

function bookingOf(exam: DemoExam): ExamFact {
  const { modality, procedure, department, times } = exam;
  return {
    ...keysOf(exam),
    kind: "order",
    id: bookingId(exam),
    at: new Date(times.ordered + bookedAfterMs),
    status: "scheduled",
    scheduledAt: new Date(times.planned),
    modality,
    procedure,
    department,
  };
}

function calledOff(exam: DemoExam): ExamFact {
  const at = new Date(calledOffAt(exam) + bookedAfterMs);
  return { kind: "order", id: bookingId(exam), at, status: "cancelled" };
}

/** The call in which a critical result was passed on: before there is more than a preliminary report, most often. */
function callOf(exam: DemoExam): ExamFact {
  const at = new Date(exam.times.acknowledged);
  return {
    ...keysOf(exam),
    kind: "report",
    id: `CALL${exam.number}`,
    at,
    status: "preliminary",
    isCritical: true,
    criticalAcknowledgedAt: at,
  };
}

function bookingId({ number }: DemoExam): string {
  return `B${number}`;
}

function keysOf(exam: DemoExam) {
  const { mrn } = exam.patient;
  return {
    accession: { value: accessionOf(exam), issuer: demoAuthority },
    patient: { identifiers: [{ value: mrn, assigningAuthority: demoAuthority, type: "MR" }] },
  } satisfies Partial<ExamFact>;
}

import type { ClinicalFact, ExamFact, PatientSeen } from "@/lib/core/clinical/schema";
import { type DemoExam, demoExams, type ExamFault, longestExamMs } from "../hospital/exams";
import type { Hospital } from "../hospital/hospital";
import { demoAuthority } from "../patients";

/** How far back the exams reach that are there when a demo begins. */
export const examsBeforeMs = 48 * 3_600_000;

/** What there is to tell of exams in (afterMs, untilMs], oldest first; the same every time. */
export function examItems(
  hospital: Hospital,
  { afterMs, untilMs }: { readonly afterMs: number; readonly untilMs: number },
): readonly ClinicalFact[] {
  return demoExams(hospital, afterMs - longestExamMs, untilMs + longestExamMs)
    .flatMap(factsOf)
    .filter(({ at }) => at.getTime() > afterMs && at.getTime() <= untilMs)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Everything that an exam leaves behind, up to where it goes wrong. */
function factsOf(exam: DemoExam): readonly ClinicalFact[] {
  const reach = reaches[exam.fault];
  const isUpTo = (stage: Stage) => stages.indexOf(stage) <= stages.indexOf(reach);
  return [
    patientOf(exam),
    orderOf(exam),
    ...(exam.fault === "cancelled" ? [calledOff(exam)] : []),
    ...(isUpTo("worklist") ? [entryOf(exam)] : []),
    ...(isUpTo("step") ? stepsOf(exam) : []),
    ...(isUpTo("study") ? [studyOf(exam)] : []),
    ...(isUpTo("report") ? reportsOf(exam) : []),
  ];
}

const stages = ["order", "worklist", "step", "study", "report"] as const;
type Stage = (typeof stages)[number];

/** The last stage that is told of. */
const reaches: Readonly<Record<ExamFault, Stage>> = {
  none: "report",
  clock: "report",
  "not-acknowledged": "report",
  "no-report": "study",
  "no-archive": "step",
  "broken-off": "step",
  "no-start": "worklist",
  cancelled: "worklist",
  "no-worklist": "order",
};

/** Minutes by which one modality's clock is ahead where it was never set. */
const aheadMs = 14 * 60_000;

function keysOf(exam: DemoExam) {
  return {
    accession: { value: `E${exam.number}`, issuer: demoAuthority },
    placerNumber: { value: `P${exam.number}`, namespace: demoAuthority },
    patient: seenOf(exam),
  } satisfies Partial<ExamFact>;
}

function seenOf({ patient }: DemoExam): PatientSeen {
  return {
    identifiers: [{ value: patient.mrn, assigningAuthority: demoAuthority, type: "MR" }],
    names: [{ family: patient.family, given: patient.given }],
    birthDate: patient.birthDate.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"),
    sex: patient.sex,
  };
}

function patientOf(exam: DemoExam): ClinicalFact {
  const at = new Date(exam.times.ordered - 60_000);
  return { kind: "patient", id: `${exam.patient.mrn}^${demoAuthority}`, at, ...seenOf(exam) };
}

function orderOf(exam: DemoExam): ExamFact {
  const { modality, priority, procedure, department, times } = exam;
  return {
    ...keysOf(exam),
    kind: "order",
    id: `P${exam.number}^${demoAuthority}`,
    at: new Date(times.ordered),
    controlId: `ORM${exam.number}`,
    control: "NW",
    status: "scheduled",
    orderedAt: new Date(times.ordered),
    scheduledAt: new Date(times.planned),
    modality,
    priority,
    procedure,
    department,
  };
}

function calledOff(exam: DemoExam): ExamFact {
  const at = new Date(exam.times.planned - 20 * 60_000);
  return { kind: "order", id: `P${exam.number}^${demoAuthority}`, at, control: "CA", status: "cancelled" };
}

function entryOf(exam: DemoExam): ExamFact {
  return {
    ...keysOf(exam),
    kind: "worklist",
    id: `SPS${exam.number}`,
    at: new Date(exam.times.ordered + 70_000),
    status: "scheduled",
    stationAeTitle: exam.station,
    scheduledAt: new Date(exam.times.planned),
    modality: exam.modality,
  };
}

function stepsOf(exam: DemoExam): readonly ExamFact[] {
  const { started, ended } = exam.times;
  const step = {
    ...keysOf(exam),
    kind: "procedureStep",
    id: `2.25.1.${slotOf(exam)}`,
    stationAeTitle: exam.station,
    modality: exam.modality,
    startedAt: new Date(started + (exam.fault === "clock" ? aheadMs + ended - started : 0)),
  } as const;
  const end = { ...step, at: new Date(ended), endedAt: new Date(ended) };
  return [
    { ...step, at: new Date(started), status: "inProgress" },
    exam.fault === "broken-off" ? { ...end, status: "discontinued" } : { ...end, status: "completed" },
  ];
}

function studyOf(exam: DemoExam): ExamFact {
  const { started, ended, stable } = exam.times;
  const studyInstanceUid = `2.25.2.${slotOf(exam)}`;
  return {
    ...keysOf(exam),
    kind: "study",
    id: studyInstanceUid,
    studyInstanceUid,
    at: new Date(stable),
    modalities: [exam.modality],
    description: exam.procedure.text,
    imageCount: exam.images,
    isStable: true,
    firstImageAt: new Date(started + 60_000),
    lastImageAt: new Date(ended + 30_000),
    stationAeTitle: exam.station,
  };
}

function reportsOf(exam: DemoExam): readonly ExamFact[] {
  const { preliminary, final, acknowledged } = exam.times;
  const isCritical = exam.isCritical || exam.fault === "not-acknowledged";
  const report = { ...keysOf(exam), kind: "report", id: `R${exam.number}`, isCritical } as const;
  const isAcknowledged = isCritical && exam.fault !== "not-acknowledged";
  return [
    { ...report, at: new Date(preliminary), status: "preliminary", controlId: `ORU${exam.number}P` },
    { ...report, at: new Date(final), status: "final", controlId: `ORU${exam.number}F` },
    ...(isAcknowledged
      ? [
          {
            ...report,
            at: new Date(acknowledged),
            status: acknowledged < final ? ("preliminary" as const) : ("final" as const),
            criticalAcknowledgedAt: new Date(acknowledged),
          },
        ]
      : []),
  ];
}

/** The slot of the exam as a number, for UIDs. */
function slotOf(exam: DemoExam): number {
  return Number.parseInt(exam.number, 36);
}

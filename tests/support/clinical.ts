import type { ClinicalFact } from "@/lib/core/clinical/schema";

type FactOf<Kind extends ClinicalFact["kind"]> = Extract<ClinicalFact, { kind: Kind }>;

/** The day that exams of tests happen on; testNow is its noon. */
export function clock(text: string): Date {
  return new Date(`2025-03-10T${text}:00.000Z`);
}

const accession = { value: "A1", issuer: "GENERAL" };
const patient = { identifiers: [{ value: "70012345", assigningAuthority: "GENERAL", type: "MR" }] };

export function anOrder(over: Partial<FactOf<"order">> = {}): FactOf<"order"> {
  return {
    kind: "order",
    id: "ORD1^HIS",
    at: clock("08:00"),
    control: "NW",
    status: "scheduled",
    accession,
    placerNumber: { value: "ORD1", namespace: "HIS" },
    modality: "CT",
    department: "Radiology",
    procedure: { text: "CT chest" },
    scheduledAt: clock("09:00"),
    patient,
    ...over,
  };
}

export function anEntry(over: Partial<FactOf<"worklist">> = {}): FactOf<"worklist"> {
  return { kind: "worklist", id: "SPS1", at: clock("08:05"), status: "scheduled", accession, ...over };
}

export function aStep(over: Partial<FactOf<"procedureStep">> = {}): FactOf<"procedureStep"> {
  return {
    kind: "procedureStep",
    id: "2.25.1",
    at: clock("09:20"),
    status: "completed",
    accession,
    startedAt: clock("09:10"),
    endedAt: clock("09:20"),
    ...over,
  };
}

export function aStudy(over: Partial<FactOf<"study">> = {}): FactOf<"study"> {
  return {
    kind: "study",
    id: "2.25.2",
    at: clock("09:30"),
    studyInstanceUid: "2.25.2",
    accession,
    imageCount: 320,
    isStable: true,
    lastImageAt: clock("09:22"),
    patient,
    ...over,
  };
}

export function aReport(over: Partial<FactOf<"report">> = {}): FactOf<"report"> {
  return { kind: "report", id: "R1", at: clock("10:40"), status: "final", accession, ...over };
}

export function aPatient(over: Partial<FactOf<"patient">> = {}): FactOf<"patient"> {
  return {
    kind: "patient",
    id: "70012345^GENERAL",
    at: clock("07:00"),
    identifiers: patient.identifiers,
    names: [{ family: "Quillfeather", given: "Anna" }],
    birthDate: "1967-04",
    sex: "F",
    ...over,
  };
}

/** Everything that an exam without trouble leaves behind. */
export function aWholeExam(): readonly ClinicalFact[] {
  return [anOrder(), anEntry(), aStep(), aStudy(), aReport()];
}

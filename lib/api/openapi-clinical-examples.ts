import type { z } from "zod";
import type { itemSchema } from "@/lib/core/message/schema";

const accession = { value: "A1200345", issuer: "GENERAL" };
const identifiers = [{ value: "70012345", assigningAuthority: "GENERAL", type: "MR" }];
const studyInstanceUid = "2.25.182739402817364";

/** One observation of each clinical kind: an exam from order to report. */
export const clinicalExamples: Readonly<Record<string, z.input<typeof itemSchema>>> = {
  Patient: {
    kind: "patient",
    id: "70012345^GENERAL",
    at: "2026-01-15T07:55:00.000Z",
    controlId: "ADT0009120",
    identifiers,
    names: [{ family: "EXAMPLE", given: "ANNA", use: "legal" }],
    birthDate: "1967-04-09",
    sex: "F",
  },
  Order: {
    kind: "order",
    id: "ORD55120^HIS",
    at: "2026-01-15T08:00:00.000Z",
    control: "NW",
    status: "scheduled",
    accession,
    placerNumber: { value: "ORD55120", namespace: "HIS" },
    procedure: { code: "CTCHEST", text: "CT chest" },
    modality: "CT",
    priority: "routine",
    department: "Radiology",
    orderedAt: "2026-01-15T08:00:00.000Z",
    scheduledAt: "2026-01-15T09:00:00.000Z",
    patient: { identifiers },
  },
  WorklistEntry: {
    kind: "worklist",
    id: "SPS7781",
    at: "2026-01-15T08:00:05.000Z",
    status: "scheduled",
    accession,
    studyInstanceUid,
    stationAeTitle: "CT1",
    scheduledAt: "2026-01-15T09:00:00.000Z",
    modality: "CT",
  },
  ProcedureStep: {
    kind: "procedureStep",
    id: "2.25.182739402817365",
    at: "2026-01-15T09:21:00.000Z",
    status: "completed",
    accession,
    studyInstanceUid,
    startedAt: "2026-01-15T09:05:00.000Z",
    endedAt: "2026-01-15T09:21:00.000Z",
    series: [{ seriesInstanceUid: "2.25.182739402817366", imageCount: 320, modality: "CT" }],
  },
  Study: {
    kind: "study",
    id: studyInstanceUid,
    at: "2026-01-15T09:26:00.000Z",
    studyInstanceUid,
    accession,
    patient: { identifiers, birthDate: "1967-04-09", sex: "F" },
    modalities: ["CT"],
    studyDate: "2026-01-15",
    seriesCount: 1,
    imageCount: 320,
    isStable: true,
    lastImageAt: "2026-01-15T09:24:00.000Z",
  },
  Report: {
    kind: "report",
    id: "R88102",
    at: "2026-01-15T10:40:00.000Z",
    status: "final",
    accession,
    isCritical: false,
    controlId: "ORU0048213",
  },
};

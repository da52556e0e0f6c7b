import type { Wanted } from "@/lib/core/formats/dicom/write-dataset";
import { comesTo, type DemoExam, type TellingSpan, toldOfExams } from "../hospital/exams";
import type { Hospital } from "../hospital/hospital";
import type { InventedPatient } from "../patients";
import { accessionOf } from "./exam-messages";

/** How long archive and worklist are searched back by those who search them, and more. */
const keptMs = 4 * 86_400_000;
/** The RIS makes an entry of its worklist so long after the order came. */
const entryAfterMs = 70_000;
/** By so much one modality's clock is ahead where it was never set. */
const aheadMs = 14 * 60_000;

/** A data set that a system has since an instant. */
export type KeptDataset = { readonly atMs: number; readonly exam: DemoExam; readonly dataset: Wanted };

/** The entries that the RIS puts into its worklist in a span, oldest first. */
export function entriesMade(hospital: Hospital, span: TellingSpan): readonly KeptDataset[] {
  return toldOfExams(hospital, span, (exam) =>
    comesTo(exam, "worklist")
      ? [{ atMs: exam.times.ordered + entryAfterMs, exam, dataset: entryOf(exam) }]
      : [],
  );
}

/** The studies that become complete in the archive in a span, oldest first. */
export function studiesArchived(hospital: Hospital, span: TellingSpan): readonly KeptDataset[] {
  return toldOfExams(hospital, span, (exam) =>
    comesTo(exam, "study") ? [{ atMs: exam.times.stable, exam, dataset: studyOf(exam) }] : [],
  );
}

/** Everything made or archived within the days that a search can reach. */
export function keptAt(
  made: typeof entriesMade,
  of: { readonly hospital: Hospital; readonly now: Date },
): readonly KeptDataset[] {
  const untilMs = of.now.getTime();
  return made(of.hospital, { afterMs: untilMs - keptMs, untilMs });
}

/** What a modality tells of a step that it performs (MPPS). */
export type StepMessage = {
  readonly atMs: number;
  readonly act: "create" | "set";
  readonly instanceUid: string;
  readonly station: string;
  readonly dataset: Wanted;
};

/** What modalities tell of their steps in a span, oldest first. */
export function stepsTold(hospital: Hospital, span: TellingSpan): readonly StepMessage[] {
  return toldOfExams(hospital, span, (exam) => {
    if (!comesTo(exam, "step")) return [];
    const step = { instanceUid: `2.25.1.${slotOf(exam)}`, station: exam.station };
    const { started, ended } = exam.times;
    return [
      { ...step, atMs: started, act: "create", dataset: begun(exam) },
      { ...step, atMs: ended, act: "set", dataset: done(exam) },
    ];
  });
}

function entryOf(exam: DemoExam): Wanted {
  const { procedure, times } = exam;
  return {
    ...aboutPatient(exam.patient),
    AccessionNumber: accessionOf(exam),
    StudyInstanceUID: studyUidOf(exam),
    RequestedProcedureID: `RP${exam.number}`,
    RequestedProcedureDescription: procedure.text,
    PlacerOrderNumberImagingServiceRequest: `P${exam.number}`,
    FillerOrderNumberImagingServiceRequest: `R${exam.number}`,
    ScheduledProcedureStepSequence: [
      {
        Modality: exam.modality,
        ScheduledStationAETitle: exam.station,
        ScheduledProcedureStepStartDate: dateOf(times.planned),
        ScheduledProcedureStepStartTime: timeOf(times.planned),
        ScheduledProcedureStepDescription: procedure.text,
        ScheduledProcedureStepID: `SPS${exam.number}`,
        ScheduledProcedureStepStatus: "SCHEDULED",
      },
    ],
  };
}

function begun(exam: DemoExam): Wanted {
  const { times, modality, station, procedure } = exam;
  const startedMs = times.started + (exam.fault === "clock" ? aheadMs + times.ended - times.started : 0);
  return {
    ...aboutPatient(exam.imagedAs),
    Modality: modality,
    PerformedStationAETitle: station,
    PerformedProcedureStepID: `PPS${exam.number}`,
    PerformedProcedureStepDescription: procedure.text,
    PerformedProcedureStepStatus: "IN PROGRESS",
    PerformedProcedureStepStartDate: dateOf(startedMs),
    PerformedProcedureStepStartTime: timeOf(startedMs),
    ScheduledStepAttributesSequence: [
      {
        AccessionNumber: accessionOf(exam),
        StudyInstanceUID: studyUidOf(exam),
        ScheduledProcedureStepID: `SPS${exam.number}`,
      },
    ],
  };
}

function done(exam: DemoExam): Wanted {
  const isBrokenOff = exam.fault === "broken-off";
  return {
    PerformedProcedureStepStatus: isBrokenOff ? "DISCONTINUED" : "COMPLETED",
    PerformedProcedureStepEndDate: dateOf(exam.times.ended),
    PerformedProcedureStepEndTime: timeOf(exam.times.ended),
    ...(isBrokenOff && { PerformedProcedureStepDiscontinuationReasonCodeSequence: [patientUnable] }),
  };
}

/** PS3.16, CID 9300. */
const patientUnable: Wanted = {
  CodeValue: "110505",
  CodingSchemeDesignator: "DCM",
  CodeMeaning: "Patient condition prevented continuing",
};

function studyOf(exam: DemoExam): Wanted {
  const { times, modality, procedure } = exam;
  return {
    ...aboutPatient(exam.imagedAs),
    StudyDate: dateOf(times.started),
    StudyTime: timeOf(times.started),
    AccessionNumber: accessionOf(exam),
    ModalitiesInStudy: modality,
    StudyDescription: procedure.text,
    StudyInstanceUID: studyUidOf(exam),
    NumberOfStudyRelatedSeries: String(1 + (exam.images % 4)),
    NumberOfStudyRelatedInstances: String(exam.images),
    InstanceAvailability: "ONLINE",
    InstitutionName: "Demo hospital",
  };
}

export function studyUidOf(exam: DemoExam): string {
  return `2.25.2.${slotOf(exam)}`;
}

function aboutPatient({ mrn, family, given, birthDate, sex }: InventedPatient): Wanted {
  return {
    SpecificCharacterSet: "ISO_IR 192",
    TimezoneOffsetFromUTC: "+0000",
    PatientName: `${family}^${given}^Q`,
    PatientID: mrn,
    PatientBirthDate: birthDate,
    // DICOM knows no word for a sex that is not known.
    PatientSex: sex === "U" ? "" : sex,
  };
}

/** The slot of the exam as a number, for UIDs. */
function slotOf({ number }: DemoExam): number {
  return Number.parseInt(number, 36);
}

function dateOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10).replaceAll("-", "");
}

function timeOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 19).replaceAll(":", "");
}

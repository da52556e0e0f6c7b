import type { Dataset } from "@/lib/core/formats/dicom/dataset";
import { printDate } from "@/lib/core/formats/dicom/date-time";
import { searchedDays } from "@/lib/core/formats/dicom/searched-days";
import type { Wanted } from "@/lib/core/formats/dicom/write-dataset";
import type { PollIo } from "../connector";
import { type Service, services, withAssociation } from "./association";
import type { DimseConfig } from "./config";

export type SearchKind = "studies" | "worklist";

export type SearchResult = {
  readonly matches: readonly Dataset[];
  /** Whether there were more than are read. */
  readonly isCut: boolean;
  readonly askedAtMs: number;
  readonly tookMs: number;
};

/** More than a hospital's days have; beyond this the window of the settings is too large. */
const MOST_MATCHES = 5_000;

/** One search over the days of the settings, in one association. Patients are never searched for. */
export async function search(kind: SearchKind, config: DimseConfig, io: PollIo): Promise<SearchResult> {
  const { service, wanted } = searchOf(kind, config, io);
  const askedAtMs = io.now().getTime();
  const startedAt = performance.now();
  const found = await withAssociation({ config, io, services: [service] }, ({ find }) =>
    find({ service, wanted, limit: MOST_MATCHES }),
  );
  if (found.isCut) io.log("A search found more than is read.", { search: kind, most: MOST_MATCHES });
  return { ...found, askedAtMs, tookMs: Math.round(performance.now() - startedAt) };
}

function searchOf(
  kind: SearchKind,
  config: DimseConfig,
  io: Pick<PollIo, "now">,
): { readonly service: Service; readonly wanted: Wanted } {
  const { timeZone: zone, daysBack } = config;
  const { fromDay, toDay } = searchedDays({ now: io.now(), zone, daysBack, daysAhead: 1 });
  const days = `${printDate(fromDay)}-${printDate(toDay)}`;
  return kind === "studies"
    ? { service: services.studyRoot, wanted: { ...studyKeys, StudyDate: days } }
    : {
        service: services.worklist,
        wanted: { ...worklistKeys, ScheduledProcedureStepSequence: [step(days)] },
      };
}

/** Issuers are asked for as well, though many archives leave them empty. */
const patientKeys: Wanted = {
  SpecificCharacterSet: "ISO_IR 192",
  PatientName: "",
  PatientID: "",
  IssuerOfPatientID: "",
  PatientBirthDate: "",
  PatientSex: "",
  StudyInstanceUID: "",
  AccessionNumber: "",
  TimezoneOffsetFromUTC: "",
};

const studyKeys: Wanted = {
  ...patientKeys,
  QueryRetrieveLevel: "STUDY",
  StudyTime: "",
  ModalitiesInStudy: "",
  StudyDescription: "",
  NumberOfStudyRelatedSeries: "",
  NumberOfStudyRelatedInstances: "",
};

const worklistKeys: Wanted = {
  ...patientKeys,
  RequestedProcedureID: "",
  RequestedProcedureDescription: "",
  RequestedProcedureCodeSequence: [{ CodeValue: "", CodingSchemeDesignator: "", CodeMeaning: "" }],
  PlacerOrderNumberImagingServiceRequest: "",
  FillerOrderNumberImagingServiceRequest: "",
};

function step(days: string): Wanted {
  return {
    Modality: "",
    ScheduledStationAETitle: "",
    ScheduledProcedureStepStartDate: days,
    ScheduledProcedureStepStartTime: "",
    ScheduledProcedureStepDescription: "",
    ScheduledProcedureStepID: "",
    ScheduledProcedureStepStatus: "",
  };
}

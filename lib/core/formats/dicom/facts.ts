import type { ClinicalFact } from "@/lib/core/clinical/schema";
import { type Dataset, firstItemOf, integerOf, itemsOf, textOf, textsOf, uidOf } from "./dataset";
import { dateOf, instantOf } from "./date-time";
import { accessionOf, patientOf } from "./patient";
import type { DicomPlace } from "./schema";

type Fact<Kind extends ClinicalFact["kind"]> = Extract<ClinicalFact, { kind: Kind }>;

/** What a data set of the level STUDY says; undefined without a study instance UID. `at`: when it was so. */
export function studyFact(
  dataset: Dataset,
  from: { readonly place: DicomPlace; readonly at: Date },
): Fact<"study"> | undefined {
  const { place, at } = from;
  const uid = uidOf(dataset, "StudyInstanceUID");
  if (uid === undefined) return undefined;
  const modalities = modalitiesOf(dataset);
  const description = textOf(dataset, "StudyDescription")?.slice(0, 256);
  const studyDate = dateOf(dataset, "StudyDate");
  const seriesCount = countOf(dataset, "NumberOfStudyRelatedSeries");
  const imageCount = countOf(dataset, "NumberOfStudyRelatedInstances");
  const institution = textOf(dataset, "InstitutionName")?.slice(0, 256);
  const stationName = textOf(dataset, "StationName")?.slice(0, 256);
  return {
    kind: "study",
    id: uid,
    at,
    studyInstanceUid: uid,
    ...examKeysOf(dataset, place),
    ...(modalities.length > 0 && { modalities: [...modalities] }),
    ...(description && { description }),
    ...(studyDate && { studyDate }),
    ...(seriesCount !== undefined && { seriesCount }),
    ...(imageCount !== undefined && { imageCount }),
    ...(institution && { institution }),
    ...(stationName && { stationName }),
  };
}

/** The steps that an entry of a modality worklist schedules, each with an id of its own. */
export function worklistFacts(
  dataset: Dataset,
  from: { readonly place: DicomPlace; readonly at: Date },
): readonly Fact<"worklist">[] {
  const { place, at } = from;
  const study = uidOf(dataset, "StudyInstanceUID");
  const about = {
    at,
    ...examKeysOf(dataset, place),
    ...(study && { studyInstanceUid: study }),
    ...orderNumbersOf(dataset),
  };
  return itemsOf(dataset, "ScheduledProcedureStepSequence").flatMap((step): readonly Fact<"worklist">[] => {
    const stepId = textOf(step, "ScheduledProcedureStepID");
    const id = [study, stepId].filter((part) => part !== undefined).join("/");
    if (id === "" || id.length > 256) return [];
    const when = {
      date: "ScheduledProcedureStepStartDate",
      time: "ScheduledProcedureStepStartTime",
    } as const;
    const scheduledAt = instantOf(withOffset(step, dataset), when, place.timeZone);
    const station = aeTitleOf(step, "ScheduledStationAETitle");
    const modality = codeOf(step, "Modality");
    const status = worklistStatuses[textOf(step, "ScheduledProcedureStepStatus") ?? ""];
    const procedure = procedureOf(dataset, step);
    return [
      {
        kind: "worklist",
        id,
        ...about,
        ...(status && { status }),
        ...(station && { stationAeTitle: station }),
        ...(scheduledAt && { scheduledAt }),
        ...(modality && { modality }),
        ...(procedure && { procedure }),
      },
    ];
  });
}

/** Accession and patient of any data set that has them at its top. */
export function examKeysOf(dataset: Dataset, place: DicomPlace) {
  const accession = accessionOf(dataset, place);
  const patient = patientOf(dataset, place);
  return { ...(accession && { accession }), ...(patient && { patient }) };
}

/** Orders by the numbers of who placed and who fills them, as far as a worklist carries them. */
export function orderNumbersOf(dataset: Dataset) {
  const placer = textOf(dataset, "PlacerOrderNumberImagingServiceRequest")?.slice(0, 128);
  const filler = textOf(dataset, "FillerOrderNumberImagingServiceRequest")?.slice(0, 128);
  return {
    ...(placer && { placerNumber: { value: placer } }),
    ...(filler && { fillerNumber: { value: filler } }),
  };
}

/** CS values of at most 16 characters: a modality. */
export function codeOf(dataset: Dataset, keyword: "Modality"): string | undefined {
  return textOf(dataset, keyword)?.slice(0, 16);
}

export function aeTitleOf(
  dataset: Dataset,
  keyword: "ScheduledStationAETitle" | "PerformedStationAETitle",
): string | undefined {
  return textOf(dataset, keyword)?.slice(0, 16);
}

/** Numbers of series and instances; a negative one is no count. */
function countOf(
  dataset: Dataset,
  keyword: "NumberOfStudyRelatedSeries" | "NumberOfStudyRelatedInstances",
): number | undefined {
  const count = integerOf(dataset, keyword);
  return count !== undefined && count >= 0 && count <= 2_147_483_647 ? count : undefined;
}

function modalitiesOf(dataset: Dataset): readonly string[] {
  const listed = textsOf(dataset, "ModalitiesInStudy");
  const modalities = listed.length > 0 ? listed : textsOf(dataset, "Modality");
  return [...new Set(modalities.map((text) => text.slice(0, 16)))].slice(0, 20);
}

function procedureOf(dataset: Dataset, step: Dataset) {
  const coded = firstItemOf(dataset, "RequestedProcedureCodeSequence");
  const code = textOf(coded, "CodeValue")?.slice(0, 64);
  const system = textOf(coded, "CodingSchemeDesignator")?.slice(0, 128);
  const text = (
    textOf(dataset, "RequestedProcedureDescription") ??
    textOf(step, "ScheduledProcedureStepDescription") ??
    textOf(coded, "CodeMeaning")
  )?.slice(0, 256);
  const procedure = { ...(code && { code }), ...(system && { system }), ...(text && { text }) };
  return Object.keys(procedure).length === 0 ? undefined : procedure;
}

/** The offset from UTC stands at the top of a data set, the times in its items. */
function withOffset(item: Dataset, top: Dataset): Dataset {
  const offset = top.get("00080201");
  return offset === undefined ? item : new Map([["00080201", offset], ...item]);
}

/** Defined terms of (0040,0020). */
const worklistStatuses: Readonly<Record<string, Fact<"worklist">["status"]>> = {
  SCHEDULED: "scheduled",
  ARRIVED: "arrived",
  READY: "ready",
  STARTED: "started",
  DEPARTED: "departed",
  COMPLETED: "completed",
  DISCONTINUED: "discontinued",
  CANCELED: "cancelled",
};

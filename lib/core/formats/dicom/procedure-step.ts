import type { ClinicalFact } from "@/lib/core/clinical/schema";
import { type Dataset, firstItemOf, itemsOf, textOf, uidOf } from "./dataset";
import { instantOf } from "./date-time";
import { aeTitleOf, codeOf, examKeysOf, orderNumbersOf } from "./facts";
import { accessionOf } from "./patient";
import type { DicomPlace } from "./schema";

type StepFact = Extract<ClinicalFact, { kind: "procedureStep" }>;

/**
 * What a performed procedure step says (PS3.3, C.4.13 to C.4.15), named by the UID of its MPPS instance. Undefined without a
 * status that is known. `receivedAt` stands for an instant that the modality leaves out.
 */
export function procedureStepFact(
  dataset: Dataset,
  of: { readonly instanceUid: string; readonly place: DicomPlace; readonly receivedAt: Date },
): StepFact | undefined {
  const { instanceUid, place, receivedAt } = of;
  const status = stepStatuses[textOf(dataset, "PerformedProcedureStepStatus") ?? ""];
  if (status === undefined) return undefined;
  const startedAt = instantOf(dataset, started, place.timeZone);
  const endedAt = instantOf(dataset, ended, place.timeZone);
  const scheduled = firstItemOf(dataset, "ScheduledStepAttributesSequence");
  const study = uidOf(scheduled, "StudyInstanceUID");
  const accession = accessionOf(scheduled, place);
  const stepId = textOf(scheduled, "ScheduledProcedureStepID")?.slice(0, 256);
  const station = aeTitleOf(dataset, "PerformedStationAETitle");
  const modality = codeOf(dataset, "Modality");
  const series = seriesOf(dataset);
  const reason = reasonOf(dataset);
  return {
    kind: "procedureStep",
    id: instanceUid,
    at: (status === "inProgress" ? startedAt : endedAt) ?? receivedAt,
    observedSeq: receivedAt.getTime(),
    ...examKeysOf(dataset, place),
    ...orderNumbersOf(scheduled),
    ...(accession && { accession }),
    ...(study && { studyInstanceUid: study }),
    status,
    ...(stepId && { scheduledStepId: stepId }),
    ...(station && { stationAeTitle: station }),
    ...(modality && { modality }),
    ...(startedAt && { startedAt }),
    ...(endedAt && { endedAt }),
    ...(reason && { discontinuedFor: reason }),
    ...(series.length > 0 && { series: [...series] }),
  };
}

const started = { date: "PerformedProcedureStepStartDate", time: "PerformedProcedureStepStartTime" } as const;
const ended = { date: "PerformedProcedureStepEndDate", time: "PerformedProcedureStepEndTime" } as const;

/** Enumerated values of (0040,0252). */
const stepStatuses: Readonly<Record<string, StepFact["status"]>> = {
  "IN PROGRESS": "inProgress",
  COMPLETED: "completed",
  DISCONTINUED: "discontinued",
};

/** Images are counted where they are listed; other objects, such as reports of dose, are none. */
function seriesOf(dataset: Dataset): readonly NonNullable<StepFact["series"]>[number][] {
  return itemsOf(dataset, "PerformedSeriesSequence")
    .slice(0, 2_000)
    .flatMap((series) => {
      const seriesInstanceUid = uidOf(series, "SeriesInstanceUID");
      const imageCount = itemsOf(series, "ReferencedImageSequence").length;
      return seriesInstanceUid === undefined ? [] : [{ seriesInstanceUid, imageCount }];
    });
}

function reasonOf(dataset: Dataset) {
  const coded = firstItemOf(dataset, "PerformedProcedureStepDiscontinuationReasonCodeSequence");
  const code = textOf(coded, "CodeValue")?.slice(0, 64);
  const system = textOf(coded, "CodingSchemeDesignator")?.slice(0, 128);
  const text = textOf(coded, "CodeMeaning")?.slice(0, 256);
  const reason = { ...(code && { code }), ...(system && { system }), ...(text && { text }) };
  return Object.keys(reason).length === 0 ? undefined : reason;
}

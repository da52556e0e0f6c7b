import type { Dataset } from "@/lib/core/formats/dicom/dataset";
import { textOf, uidOf } from "@/lib/core/formats/dicom/dataset";
import { studyFact } from "@/lib/core/formats/dicom/facts";
import { readKeywords } from "@/lib/core/formats/dicom-json/read";
import type { Item, NormalisedBatch, Reject } from "@/lib/core/message/schema";
import type { OrthancConfig } from "./config";
import type { StudiesPage, StudySeen } from "./pages";
import { unknownShape } from "./unknown-shape";
import { instantOfText, seriesSchema, studySchema, studyStatisticsSchema } from "./wire";

/** Studies as the archive holds them now, one fact each. */
export function normaliseStudies(page: StudiesPage, config: OrthancConfig): NormalisedBatch {
  const judged = page.studies.map((seen) => judgeStudy(seen, config));
  return {
    items: judged.flatMap((one) => ("item" in one ? [one.item] : [])),
    rejects: judged.flatMap((one) => ("reject" in one ? [one.reject] : [])),
  };
}

function judgeStudy(
  seen: StudySeen,
  config: OrthancConfig,
): { readonly item: Item } | { readonly reject: Reject } {
  const page: StudiesPage = { kind: "studies", studies: [seen] };
  const study = studySchema.safeParse(seen.study);
  if (!study.success) return { reject: unknownShape({ page, what: "study", error: study.error }) };
  const series = seriesSchema.safeParse(seen.series);
  if (!series.success) return { reject: unknownShape({ page, what: "series", error: series.error }) };
  const statistics = studyStatisticsSchema.safeParse(seen.statistics);
  if (!statistics.success)
    return { reject: unknownShape({ page, what: "statistics", error: statistics.error }) };
  const stableAt = instantOfText(seen.stableAt);
  const lastImageAt = instantOfText(study.data.LastUpdate);
  const { MainDicomTags, PatientMainDicomTags, IsStable } = study.data;
  const ofSeries = series.data.map((one) => readKeywords(one.MainDicomTags));
  const dataset = withModalities(readKeywords({ ...PatientMainDicomTags, ...MainDicomTags }), ofSeries);
  // What is read is the study as it is now, which may be later than when it became stable.
  const at = laterOf(stableAt, lastImageAt);
  const fact = at && studyFact(dataset, { place: config, at });
  if (fact === undefined) return { reject: unknownShape({ page, what: "study without UID or time" }) };
  const firstImageAt = instantOfText(seen.firstSeenAt);
  const [stationName] = ofSeries.flatMap((one) => textOf(one, "StationName") ?? []);
  return {
    item: {
      ...fact,
      seriesCount: statistics.data.CountSeries,
      imageCount: statistics.data.CountInstances,
      series: series.data.flatMap(({ Instances }, index) => seriesOf(ofSeries[index], Instances?.length)),
      ...(IsStable === undefined ? {} : { isStable: IsStable }),
      ...(firstImageAt && { firstImageAt }),
      // Orthanc hands out an instance as soon as it has stored it.
      ...(lastImageAt && { lastImageAt, availableAt: lastImageAt }),
      ...(statistics.data.DiskSize === undefined ? {} : { sizeBytes: statistics.data.DiskSize }),
      ...(stationName && { stationName: stationName.slice(0, 256) }),
    },
  };
}

function seriesOf(dataset: Dataset | undefined, imageCount: number | undefined) {
  const seriesInstanceUid = dataset && uidOf(dataset, "SeriesInstanceUID");
  if (dataset === undefined || seriesInstanceUid === undefined) return [];
  const modality = textOf(dataset, "Modality")?.slice(0, 16);
  return [
    { seriesInstanceUid, ...(imageCount === undefined ? {} : { imageCount }), ...(modality && { modality }) },
  ];
}

/** A study's main tags name no modality: its series do. */
function withModalities(dataset: Dataset, series: readonly Dataset[]): Dataset {
  const texts = series.flatMap((one) => textOf(one, "Modality") ?? []);
  return texts.length === 0 ? dataset : new Map([...dataset, ["00080061", { vr: "CS", texts, items: [] }]]);
}

function laterOf(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

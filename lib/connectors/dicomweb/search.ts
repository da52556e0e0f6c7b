import { printDate } from "@/lib/core/formats/dicom/date-time";
import { type Keyword, tagOf } from "@/lib/core/formats/dicom/vocabulary";
import type { ServerCall } from "../http/client";

/** Studies asked for at once. */
export const STUDIES_A_PAGE = 200;

/** Attributes that an archive need not give unless asked (PS3.18, 10.6.1.2 and table 10.6.3-3). */
const included: readonly Keyword[] = [
  "ModalitiesInStudy",
  "NumberOfStudyRelatedSeries",
  "NumberOfStudyRelatedInstances",
  "StudyDescription",
  "InstitutionName",
  "PatientBirthDate",
  "PatientSex",
  "IssuerOfPatientID",
  "IssuerOfAccessionNumberSequence",
  "TimezoneOffsetFromUTC",
];

/** One page of a search for the studies of these days. Only this file makes calls; patients are never searched for. */
export function searchStudies(of: {
  readonly fromDay: string;
  readonly toDay: string;
  readonly offset: number;
  readonly limit?: number;
}): ServerCall {
  const { fromDay, toDay, offset, limit = STUDIES_A_PAGE } = of;
  const fields = included.map((keyword) => `includefield=${tagOf(keyword)}`).join("&");
  const window = `StudyDate=${printDate(fromDay)}-${printDate(toDay)}`;
  return {
    name: "studies",
    path: `/studies?${window}&${fields}&limit=${limit}&offset=${offset}`,
    accept: "application/dicom+json",
  };
}

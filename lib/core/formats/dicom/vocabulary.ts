/**
 * The attributes that are read, by the keywords of PS3.6: tag as in the DICOM JSON model (PS3.18, F.2) and value
 * representation, which implicit transfer syntaxes and lists of plain names do not tell.
 */
export const attributes = {
  SpecificCharacterSet: ["00080005", "CS"],
  InstanceAvailability: ["00080056", "CS"],
  StudyDate: ["00080020", "DA"],
  StudyTime: ["00080030", "TM"],
  AccessionNumber: ["00080050", "SH"],
  IssuerOfAccessionNumberSequence: ["00080051", "SQ"],
  QueryRetrieveLevel: ["00080052", "CS"],
  Modality: ["00080060", "CS"],
  ModalitiesInStudy: ["00080061", "CS"],
  InstitutionName: ["00080080", "LO"],
  CodeValue: ["00080100", "SH"],
  CodingSchemeDesignator: ["00080102", "SH"],
  CodeMeaning: ["00080104", "LO"],
  TimezoneOffsetFromUTC: ["00080201", "SH"],
  StationName: ["00081010", "SH"],
  StudyDescription: ["00081030", "LO"],
  ReferringPhysicianName: ["00080090", "PN"],
  ReferencedSOPInstanceUID: ["00081155", "UI"],
  ReferencedImageSequence: ["00081140", "SQ"],
  ReferencedStudySequence: ["00081110", "SQ"],
  PatientName: ["00100010", "PN"],
  PatientID: ["00100020", "LO"],
  IssuerOfPatientID: ["00100021", "LO"],
  IssuerOfPatientIDQualifiersSequence: ["00100024", "SQ"],
  UniversalEntityID: ["00400032", "UT"],
  LocalNamespaceEntityID: ["00400031", "UT"],
  PatientBirthDate: ["00100030", "DA"],
  PatientSex: ["00100040", "CS"],
  StudyInstanceUID: ["0020000D", "UI"],
  SeriesInstanceUID: ["0020000E", "UI"],
  StudyID: ["00200010", "SH"],
  NumberOfStudyRelatedSeries: ["00201206", "IS"],
  NumberOfStudyRelatedInstances: ["00201208", "IS"],
  RequestedProcedureDescription: ["00321060", "LO"],
  RequestedProcedureCodeSequence: ["00321064", "SQ"],
  ScheduledStationAETitle: ["00400001", "AE"],
  ScheduledProcedureStepStartDate: ["00400002", "DA"],
  ScheduledProcedureStepStartTime: ["00400003", "TM"],
  ScheduledProcedureStepDescription: ["00400007", "LO"],
  ScheduledProcedureStepID: ["00400009", "SH"],
  ScheduledProcedureStepStatus: ["00400020", "CS"],
  ScheduledProcedureStepSequence: ["00400100", "SQ"],
  PerformedStationAETitle: ["00400241", "AE"],
  PerformedStationName: ["00400242", "SH"],
  PerformedProcedureStepStartDate: ["00400244", "DA"],
  PerformedProcedureStepStartTime: ["00400245", "TM"],
  PerformedProcedureStepEndDate: ["00400250", "DA"],
  PerformedProcedureStepEndTime: ["00400251", "TM"],
  PerformedProcedureStepStatus: ["00400252", "CS"],
  PerformedProcedureStepID: ["00400253", "SH"],
  PerformedProcedureStepDescription: ["00400254", "LO"],
  ScheduledStepAttributesSequence: ["00400270", "SQ"],
  PerformedProcedureStepDiscontinuationReasonCodeSequence: ["00400281", "SQ"],
  PerformedSeriesSequence: ["00400340", "SQ"],
  ReferencedNonImageCompositeSOPInstanceSequence: ["00400220", "SQ"],
  RequestedProcedureID: ["00401001", "SH"],
  PlacerOrderNumberImagingServiceRequest: ["00402016", "LO"],
  FillerOrderNumberImagingServiceRequest: ["00402017", "LO"],
} as const satisfies Readonly<Record<string, readonly [tag: string, vr: string]>>;

export type Keyword = keyof typeof attributes;

/** Names of the list above. */
export function isKeyword(name: string): name is Keyword {
  return Object.hasOwn(attributes, name);
}

export function tagOf(keyword: Keyword): string {
  return attributes[keyword][0];
}

/** The value representation of a tag that is read; undefined for any other. */
export function vrOfTag(tag: string): string | undefined {
  return representations.get(tag);
}

const representations: ReadonlyMap<string, string> = new Map(Object.values(attributes));

import type { FhirType } from "@/lib/core/formats/fhir/schema";

/** A resource in which this text stands wherever one can stand that is read. */
export function hostileResource(resourceType: FhirType, text: string): object {
  const coding = { system: text, code: text, display: text };
  const typed = (code: string) => ({ type: { coding: [{ code }] }, system: text, value: text });
  const identifier = [
    { system: "urn:dicom:uid", value: "urn:oid:1.2.3" },
    ...["MR", "ACSN", "PLAC", "FILL"].map(typed),
    { type: { coding: [coding] }, system: text, value: text, assigner: { display: text } },
  ];
  const reference = { reference: text, identifier: identifier[1], display: text, type: text };
  const said: Readonly<Record<FhirType, object>> = {
    Patient: {
      name: [{ use: text, family: text, given: [text, text], prefix: [text], suffix: [text] }],
      gender: text,
      birthDate: text,
      deceasedDateTime: text,
      link: [{ type: "replaces", other: reference }],
    },
    ServiceRequest: { status: "active", code: { coding: [coding], text }, authoredOn: text, priority: text },
    ImagingStudy: {
      status: "available",
      modality: [coding],
      started: text,
      description: text,
      numberOfSeries: text.length,
      series: [{ uid: text, modality: coding, laterality: coding }],
    },
    DiagnosticReport: { status: "final", code: { text }, issued: text, imagingStudy: [reference] },
    AuditEvent: {
      type: coding,
      subtype: [coding],
      action: text,
      recorded: "2026-03-10T12:00:00Z",
      outcome: text,
      outcomeDesc: text,
      agent: [{ who: reference, altId: text, name: text, requestor: true, network: { address: text } }],
      source: { site: text, observer: reference },
      entity: [
        { what: reference, type: coding, role: { code: "1" }, name: text },
        {
          what: reference,
          role: coding,
          type: coding,
          query: text,
          description: text,
          detail: [{ type: text, valueString: text }],
        },
      ],
    },
  };
  const meta = { lastUpdated: text };
  const exam = resourceType === "Patient" ? {} : { subject: reference, basedOn: [reference] };
  return {
    resourceType,
    id: text,
    meta,
    contained: [{ resourceType: text, id: text }],
    identifier,
    ...exam,
    ...said[resourceType],
  };
}

/** Made-up resources of FHIR R4, as hospitals send them; `over` replaces fields. */

const v2 = "http://terminology.hl7.org/CodeSystem/v2-0203";

export const his = "urn:oid:1.2.276.0.76.3.1";

export function numbered(type: string, value: string, system?: string) {
  return { type: { coding: [{ system: v2, code: type }] }, value, ...(system && { system }) };
}

export function aPatient(over: object = {}) {
  return {
    resourceType: "Patient",
    identifier: [numbered("MR", "4711", his)],
    name: [{ use: "official", family: "Muster", given: ["Erika", "Maria"], prefix: ["Dr."] }],
    gender: "female",
    birthDate: "1967-04-09",
    ...over,
  };
}

export function anOrder(over: object = {}) {
  return {
    resourceType: "ServiceRequest",
    identifier: [numbered("PLAC", "P-1", "urn:oid:1.2.3.1"), numbered("ACSN", "A-1", "urn:oid:1.2.3.9")],
    status: "active",
    intent: "order",
    priority: "urgent",
    code: { coding: [{ system: "http://loinc.org", code: "24627-2" }], text: "Chest CT" },
    subject: { identifier: numbered("MR", "4711", his) },
    authoredOn: "2026-03-10T08:30:00+01:00",
    occurrenceDateTime: "2026-03-10T10:00:00+01:00",
    ...over,
  };
}

export function aStudy(over: object = {}) {
  return {
    resourceType: "ImagingStudy",
    identifier: [
      { system: "urn:dicom:uid", value: "urn:oid:1.2.840.99.1" },
      numbered("ACSN", "A-1", "urn:oid:1.2.3.9"),
    ],
    status: "available",
    subject: { identifier: numbered("MR", "4711", his) },
    started: "2026-03-10T10:05:00+01:00",
    description: "CT thorax",
    numberOfSeries: 1,
    numberOfInstances: 120,
    series: [
      {
        uid: "1.2.840.99.1.1",
        modality: { system: "http://dicom.nema.org/resources/ontology/DCM", code: "CT" },
        numberOfInstances: 120,
      },
    ],
    ...over,
  };
}

export function aReport(over: object = {}) {
  return {
    resourceType: "DiagnosticReport",
    identifier: [numbered("FILL", "R-1", "urn:oid:1.2.3.2")],
    basedOn: [{ identifier: numbered("ACSN", "A-1", "urn:oid:1.2.3.9") }],
    status: "final",
    code: { text: "CT thorax" },
    subject: { identifier: numbered("MR", "4711", his) },
    issued: "2026-03-10T11:00:00.000+01:00",
    ...over,
  };
}

/** An event as IHE BALP writes it: who read a patient's data with which program. */
export function anAudit(over: object = {}) {
  const role = (code: string) => ({
    coding: [{ system: "http://dicom.nema.org/resources/ontology/DCM", code }],
  });
  return {
    resourceType: "AuditEvent",
    type: { system: "http://terminology.hl7.org/CodeSystem/audit-event-type", code: "rest" },
    subtype: [{ system: "http://hl7.org/fhir/restful-interaction", code: "read" }],
    action: "R",
    recorded: "2026-03-10T08:30:00.000Z",
    outcome: "0",
    agent: [
      { type: role("110153"), who: { display: "server.example.org" }, requestor: false },
      {
        type: role("110152"),
        who: { display: "viewer.example.org" },
        requestor: false,
        network: { address: "10.0.0.7", type: "2" },
      },
      { who: { identifier: { value: "olga" } }, name: "Olga Operator", requestor: true },
    ],
    source: { site: "Main", observer: { display: "server.example.org" } },
    entity: [
      {
        what: { reference: "Patient/7", identifier: { system: his, value: "4711" } },
        type: { system: "http://terminology.hl7.org/CodeSystem/audit-entity-type", code: "1" },
        role: { system: "http://terminology.hl7.org/CodeSystem/object-role", code: "1" },
      },
      { what: { reference: "DiagnosticReport/9" }, type: { code: "2" }, role: { code: "4" } },
    ],
    ...over,
  };
}

/** A bundle with a request for each resource, as a batch or a transaction has it. */
export function aBundle(type: string, resources: readonly object[]) {
  const isAsked = type === "batch" || type === "transaction";
  return {
    resourceType: "Bundle",
    type,
    entry: resources.map((resource) => ({
      resource,
      ...(isAsked && { request: { method: "POST", url: String(Object(resource).resourceType) } }),
    })),
  };
}

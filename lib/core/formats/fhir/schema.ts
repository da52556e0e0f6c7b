import { z } from "zod";

/*
 * Resources of FHIR R4 (4.0.1), as far as they are read. Everything is optional, as senders leave out what the
 * specification asks for; what is there must have its type. What is not named here is passed over.
 */

/** The types that are taken in. */
export const fhirTypes = [
  "AuditEvent",
  "ServiceRequest",
  "ImagingStudy",
  "DiagnosticReport",
  "Patient",
] as const;
export type FhirType = (typeof fhirTypes)[number];

/** What every resource has. */
export const anyResourceSchema = z.object({
  resourceType: z.string().max(64),
  id: z.string().optional(),
  meta: z.object({ versionId: z.string().optional(), lastUpdated: z.string().optional() }).optional(),
});

const text = z.string().optional();
const codingSchema = z.object({ system: text, code: text, display: text });
const conceptSchema = z.object({ coding: z.array(codingSchema).optional(), text });
const identifierSchema = z.object({
  use: text,
  type: conceptSchema.optional(),
  system: text,
  value: text,
  assigner: z.object({ display: text, identifier: z.object({ value: text }).optional() }).optional(),
});
const referenceSchema = z.object({
  reference: text,
  type: text,
  identifier: identifierSchema.optional(),
  display: text,
});

const base = {
  id: text,
  meta: z.object({ lastUpdated: text, tag: z.array(codingSchema).optional() }).optional(),
  contained: z.array(z.unknown()).optional(),
};
const identifiers = z.array(identifierSchema).optional();
const references = z.array(referenceSchema).optional();

export const fhirPatientSchema = z.object({
  ...base,
  identifier: identifiers,
  name: z
    .array(
      z.object({
        use: text,
        family: text,
        given: z.array(z.string()).optional(),
        prefix: z.array(z.string()).optional(),
        suffix: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  gender: text,
  birthDate: text,
  deceasedBoolean: z.boolean().optional(),
  deceasedDateTime: text,
  link: z.array(z.object({ type: text, other: referenceSchema.optional() })).optional(),
});

export const serviceRequestSchema = z.object({
  ...base,
  identifier: identifiers,
  basedOn: references,
  status: text,
  intent: text,
  priority: text,
  code: conceptSchema.optional(),
  subject: referenceSchema.optional(),
  authoredOn: text,
  occurrenceDateTime: text,
  occurrencePeriod: z.object({ start: text }).optional(),
});

export const imagingStudySchema = z.object({
  ...base,
  identifier: identifiers,
  basedOn: references,
  status: text,
  modality: z.array(codingSchema).optional(),
  subject: referenceSchema.optional(),
  started: text,
  description: text,
  numberOfSeries: z.number().optional(),
  numberOfInstances: z.number().optional(),
  series: z
    .array(
      z.object({
        uid: text,
        modality: codingSchema.optional(),
        numberOfInstances: z.number().optional(),
        laterality: codingSchema.optional(),
        bodySite: codingSchema.optional(),
      }),
    )
    .optional(),
});

export const diagnosticReportSchema = z.object({
  ...base,
  identifier: identifiers,
  basedOn: references,
  imagingStudy: references,
  status: text,
  code: conceptSchema.optional(),
  subject: referenceSchema.optional(),
  issued: text,
});

export const fhirAuditEventSchema = z.object({
  ...base,
  type: codingSchema.optional(),
  subtype: z.array(codingSchema).optional(),
  action: text,
  recorded: text,
  outcome: text,
  outcomeDesc: text,
  purposeOfEvent: z.array(conceptSchema).optional(),
  agent: z
    .array(
      z.object({
        type: conceptSchema.optional(),
        role: z.array(conceptSchema).optional(),
        who: referenceSchema.optional(),
        altId: text,
        name: text,
        requestor: z.boolean().optional(),
        network: z.object({ address: text }).optional(),
      }),
    )
    .optional(),
  source: z
    .object({
      site: text,
      observer: referenceSchema.optional(),
      type: z.array(codingSchema).optional(),
    })
    .optional(),
  entity: z
    .array(
      z.object({
        what: referenceSchema.optional(),
        type: codingSchema.optional(),
        role: codingSchema.optional(),
        name: text,
        description: text,
        query: text,
        detail: z.array(z.object({ type: text, valueString: text, valueBase64Binary: text })).optional(),
      }),
    )
    .optional(),
});

export type Coding = z.infer<typeof codingSchema>;
export type Concept = z.infer<typeof conceptSchema>;
export type FhirIdentifier = z.infer<typeof identifierSchema>;
export type Reference = z.infer<typeof referenceSchema>;
export type FhirPatient = z.infer<typeof fhirPatientSchema>;
export type ServiceRequest = z.infer<typeof serviceRequestSchema>;
export type ImagingStudy = z.infer<typeof imagingStudySchema>;
export type DiagnosticReport = z.infer<typeof diagnosticReportSchema>;
export type FhirAuditEvent = z.infer<typeof fhirAuditEventSchema>;

import { z } from "zod";
import { instantSchema } from "../message/instant-schema";

/*
 * What a source says about a patient or an exam: one observation of one object. Every source keeps its own view, so HIS
 * and PACS may disagree about the same exam. An absent field is one the source did not speak of.
 */

const identifier = z.string().min(1).max(256);
const shortText = z.string().min(1).max(256);
const int32 = z.int().min(0).max(2_147_483_647);
const uid = z.string().min(1).max(128).describe("A DICOM UID.");

/** PID-3 / CX, or Patient ID with its issuer. One without an assigning authority is kept and shown, and never matched. */
const patientIdentifierSchema = z.object({
  value: z.string().min(1).max(64),
  assigningAuthority: z.string().min(1).max(128).optional(),
  type: z.string().min(1).max(16).optional().describe("HL7 table 0203, such as MR, NI or AN."),
});

/** HL7 table 0200 in short; a name without a use is the usual one. */
const nameUses = ["legal", "display", "maiden", "alias", "other"] as const;

/** How a name is written: PN groups, or XPN.8. */
const nameScripts = ["alphabetic", "ideographic", "phonetic"] as const;

/** One name in parts. XPN and PN order suffix and prefix differently: the connector has put each in its place. */
const personNameSchema = z.object({
  family: shortText.optional(),
  given: shortText.optional(),
  middle: shortText.optional(),
  prefix: shortText.optional(),
  suffix: shortText.optional(),
  use: z.enum(nameUses).optional(),
  script: z.enum(nameScripts).optional(),
});

/** A date as precise as the source knows it: 1967, 1967-04 or 1967-04-09. */
const partialDateSchema = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/);

/** Administrative sex: M, F, O (other, ambiguous) or U (said to be unknown). */
const sexes = ["M", "F", "O", "U"] as const;

const demographics = {
  identifiers: z.array(patientIdentifierSchema).max(50).optional(),
  names: z.array(personNameSchema).max(20).optional(),
  birthDate: partialDateSchema.optional(),
  sex: z.enum(sexes).optional(),
};

/** The patient as an order, a study or a report carries it. */
const patientSeenSchema = z.object(demographics);

/** An accession number is unique only within its issuer. One without issuer belongs to a numbering of its own. */
const accessionSchema = z.object({
  value: z.string().min(1).max(64),
  issuer: z.string().min(1).max(128).optional(),
});

/** Placer or filler number, with its namespace (EI.2). */
const orderNumberSchema = z.object({
  value: z.string().min(1).max(128),
  namespace: z.string().min(1).max(128).optional(),
});

const codedSchema = z.object({
  code: z.string().min(1).max(64).optional(),
  system: z.string().min(1).max(128).optional(),
  text: shortText.optional(),
});

const lateralities = ["L", "R", "B", "U"] as const;
export const priorities = ["stat", "asap", "urgent", "routine"] as const;

/** What every observation says of itself. */
const observed = {
  id: identifier.describe(
    "The source's own lasting name of the object, such as its number or UID; a later observation of it repeats it.",
  ),
  at: instantSchema.describe("When it happened or was so, by the source's clock."),
  observedSeq: z
    .int()
    .min(0)
    .optional()
    .describe("Rises with every newer observation of the same object. Without one, `at` in milliseconds."),
  controlId: shortText.optional().describe("MSH-10 of the message it came by."),
};

/** What ties an observation to an exam. */
const examKeys = {
  accession: accessionSchema.optional(),
  studyInstanceUid: uid.optional(),
  placerNumber: orderNumberSchema.optional(),
  fillerNumber: orderNumberSchema.optional(),
  patient: patientSeenSchema.optional(),
};

/** What a message did to identifiers. merge: A40, A30 … changeId: A47. link, unlink: A24, A37. */
const identifierActs = ["merge", "unmerge", "changeId", "link", "unlink"] as const;

export const patientFactSchema = z
  .object({
    kind: z.literal("patient"),
    ...observed,
    ...demographics,
    isDeceased: z.boolean().optional(),
    act: z
      .object({ what: z.enum(identifierActs), prior: z.array(patientIdentifierSchema).min(1).max(50) })
      .optional()
      .describe(
        "Identifiers that this message merged into, changed to, linked with or parted from this one.",
      ),
    mergedInto: patientIdentifierSchema
      .optional()
      .describe("Said of the patient that no longer stands by itself."),
  })
  .describe("A patient as one source knows her. `id`: her first identifier with its authority.");

export const orderStatuses = [
  "requested",
  "scheduled",
  "held",
  "arrived",
  "inProgress",
  "completed",
  "cancelled",
  "discontinued",
] as const;

export const orderFactSchema = z
  .object({
    kind: z.literal("order"),
    ...observed,
    ...examKeys,
    control: z.string().min(1).max(8).optional().describe("ORC-1, such as NW, XO or CA."),
    status: z.enum(orderStatuses).optional(),
    procedure: codedSchema.optional(),
    laterality: z.enum(lateralities).optional(),
    modality: z.string().min(1).max(16).optional(),
    priority: z.enum(priorities).optional(),
    department: shortText.optional().describe("The department that performs it."),
    orderedAt: instantSchema.optional(),
    scheduledAt: instantSchema.optional(),
  })
  .describe(
    "An order. `id`: its placer or filler number with namespace, whichever the source never changes.",
  );

export const worklistStatuses = [
  "scheduled",
  "arrived",
  "ready",
  "started",
  "departed",
  "completed",
  "discontinued",
  "cancelled",
] as const;

export const worklistFactSchema = z
  .object({
    kind: z.literal("worklist"),
    ...observed,
    ...examKeys,
    status: z.enum(worklistStatuses).optional(),
    stationAeTitle: z.string().min(1).max(16).optional(),
    scheduledAt: instantSchema.optional(),
    modality: z.string().min(1).max(16).optional(),
    procedure: codedSchema.optional(),
  })
  .describe("A worklist entry. `id`: the scheduled procedure step id, with the study UID where ids repeat.");

export const stepStatuses = ["inProgress", "completed", "discontinued"] as const;

const seriesSchema = z.object({
  seriesInstanceUid: uid,
  imageCount: int32.optional(),
  modality: z.string().min(1).max(16).optional(),
  laterality: z.enum(lateralities).optional(),
});

export const procedureStepFactSchema = z
  .object({
    kind: z.literal("procedureStep"),
    ...observed,
    ...examKeys,
    status: z.enum(stepStatuses),
    scheduledStepId: shortText.optional(),
    stationAeTitle: z.string().min(1).max(16).optional(),
    modality: z.string().min(1).max(16).optional(),
    startedAt: instantSchema.optional(),
    endedAt: instantSchema.optional(),
    discontinuedFor: codedSchema.optional(),
    series: z.array(seriesSchema).max(2_000).optional(),
  })
  .describe("A performed procedure step (MPPS). `id`: its SOP Instance UID.");

export const studyFactSchema = z
  .object({
    kind: z.literal("study"),
    ...observed,
    ...examKeys,
    modalities: z.array(z.string().min(1).max(16)).max(20).optional(),
    description: shortText.optional(),
    bodyPart: shortText.optional(),
    laterality: z.enum(lateralities).optional(),
    studyDate: partialDateSchema.optional(),
    seriesCount: int32.optional(),
    imageCount: int32.optional().describe("Instances of the study."),
    series: z.array(seriesSchema).max(2_000).optional(),
    isPart: z
      .boolean()
      .optional()
      .describe("Only a part of the study is told: what it leaves out stays as it was."),
    isStable: z.boolean().optional().describe("No instance has arrived for the time the archive waits."),
    firstImageAt: instantSchema.optional(),
    lastImageAt: instantSchema.optional(),
    availableAt: instantSchema.optional(),
    sizeBytes: z.int().min(0).optional(),
    stationAeTitle: z.string().min(1).max(16).optional(),
    stationName: shortText.optional(),
    institution: shortText.optional(),
  })
  .describe(
    "A study as an archive holds it, whole unless `isPart`: what is absent is not there. `id`: its study instance UID.",
  );

export const reportStatuses = ["preliminary", "final", "corrected", "addendum", "cancelled"] as const;

export const reportFactSchema = z
  .object({
    kind: z.literal("report"),
    ...observed,
    ...examKeys,
    status: z.enum(reportStatuses),
    procedure: codedSchema.optional(),
    laterality: z.enum(lateralities).optional(),
    isCritical: z.boolean().optional(),
    criticalCommunicatedAt: instantSchema.optional(),
    criticalAcknowledgedAt: instantSchema.optional(),
    acknowledgedBy: shortText.optional().describe("A reference to a person of the other system."),
  })
  .describe("A report. `id`: the report's own number, or the filler number.");

export const clinicalSchemas = [
  patientFactSchema,
  orderFactSchema,
  worklistFactSchema,
  procedureStepFactSchema,
  studyFactSchema,
  reportFactSchema,
] as const;

export const clinicalFactSchema = z.discriminatedUnion("kind", clinicalSchemas);

export type PatientIdentifier = z.infer<typeof patientIdentifierSchema>;
export type PersonName = z.infer<typeof personNameSchema>;
export type PatientSeen = z.infer<typeof patientSeenSchema>;
export type Accession = z.infer<typeof accessionSchema>;
export type OrderNumber = z.infer<typeof orderNumberSchema>;
export type ClinicalFact = z.infer<typeof clinicalFactSchema>;
export type ClinicalKind = ClinicalFact["kind"];
export type ExamFact = Exclude<ClinicalFact, { kind: "patient" }>;
export type Priority = (typeof priorities)[number];

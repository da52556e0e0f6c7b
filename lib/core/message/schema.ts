import { z } from "zod";
import { clinicalSchemas } from "../clinical/schema";
import { instantSchema } from "./instant-schema";
import { ackCodes, directions, firstOutcomes, messageStates, outcomes } from "./outcome";
import { failureReasons } from "./reason";

/*
 * What a source tells us, in one shape for every connector and for the push API. An item of a push batch is
 * exactly one of these; a connector's normalise returns the same objects.
 */

const identifier = z.string().min(1).max(256);
const shortText = z.string().max(256);
const int32 = z.int().min(0).max(2_147_483_647);

/** PID-3 / CX: a value means nothing without its assigning authority (CX.4). */
const patientSchema = z.object({
  value: z.string().min(1).max(64),
  assigningAuthority: z.string().min(1).max(128),
});

/** One observation of one delivery: what the engine said about one message on one leg at one time. */
export const deliverySchema = z.object({
  kind: z.literal("delivery"),
  interface: identifier.describe("The engine's id of the channel."),
  leg: identifier.describe(
    "The engine's id of the connector within the channel; '0' is the source connector by custom.",
  ),
  direction: z.enum(directions),
  interfaceName: shortText.optional(),
  legName: shortText.optional(),
  messageId: identifier.describe("The engine's id of the message within the channel."),
  receivedAt: instantSchema.describe(
    "The engine's first received time; part of the identity, so a re-send must repeat it.",
  ),
  isArrivalTime: z
    .boolean()
    .optional()
    .describe(
      "receivedAt is when the message came to whoever reports it, which a retransmission does not repeat: the same messageId and controlId of the 24 hours before is the same delivery, received then.",
    ),
  startedAt: instantSchema
    .optional()
    .describe("When this processing began; differs from receivedAt after a replace."),
  sentAt: instantSchema.optional(),
  ackedAt: instantSchema.optional(),
  latencyMs: int32
    .optional()
    .describe("Given only by sources that measure it themselves; otherwise taken from the times."),
  waitMs: int32.optional(),
  partnerMs: int32.optional(),
  state: z.enum(messageStates),
  outcome: z.enum(outcomes),
  firstOutcome: z.enum(firstOutcomes).optional(),
  firstOutcomeInferred: z.boolean().optional(),
  ackCode: z.enum(ackCodes).optional(),
  reason: z.enum(failureReasons).optional(),
  errorText: z.string().max(16_384).optional(),
  attempts: int32.default(0),
  controlId: shortText.optional(),
  messageType: z.string().max(64).optional(),
  accession: z.string().max(64).optional(),
  orderNumber: z.string().max(128).optional(),
  patient: patientSchema.optional(),
  sizeBytes: int32.optional(),
  replayOf: identifier.optional().describe("messageId of the message that this one repeats."),
  interfaceRevision: int32.optional(),
  observedSeq: z
    .int()
    .min(0)
    .default(0)
    .describe("Rises with every newer observation of the same delivery; the source's own counter or clock."),
});

/** A gauge at one instant, of a leg (interface and leg given) or of the source. */
export const sampleSchema = z.object({
  kind: z.literal("gauge"),
  interface: identifier.optional(),
  leg: identifier.optional(),
  metric: z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/),
  at: instantSchema,
  value: z.number().nullable().describe("null: measured, and there is no value."),
});

export const auditOutcomes = ["success", "failure", "authorised", "unknown"] as const;
export const auditActions = ["C", "R", "U", "D", "E"] as const;

/** An audit event of the source. `authorised` = the engine logged permission, not completion. */
export const auditEventSchema = z.object({
  kind: z.literal("audit"),
  eventId: identifier,
  at: instantSchema,
  name: z.string().min(1).max(256),
  action: z.enum(auditActions),
  outcome: z.enum(auditOutcomes),
  actorId: shortText.optional(),
  actorName: shortText.optional(),
  claimedAddress: z
    .string()
    .max(64)
    .optional()
    .describe("As the source claims it; engines take it from a header that any client can forge."),
  objectType: shortText.optional(),
  objectId: shortText.optional(),
  objectName: shortText.optional(),
  patient: patientSchema.optional(),
  furtherPatients: z
    .array(patientSchema)
    .max(100)
    .optional()
    .describe("The others that the event names, and the same patient under other authorities."),
  studies: z.array(z.string().min(1).max(128)).max(1_000).optional().describe("DICOM UIDs of studies."),
  codes: z
    .array(z.object({ code: shortText, system: shortText.optional(), display: shortText.optional() }))
    .max(20)
    .optional()
    .describe("What kind of event it is, in coded values; the first is the event itself, then its types."),
  auditSource: shortText.optional().describe("Which system wrote it, where a feed carries those of several."),
  observedAddress: z
    .string()
    .max(64)
    .optional()
    .describe("From where it was received: unlike the claimed one, seen by ourselves."),
  ownPolling: z
    .boolean()
    .optional()
    .describe("Written by our own polling; kept, but left out of lists by default."),
  attributes: z
    .record(z.string().max(256), z.string().max(65_536))
    .optional()
    .describe("May hold patient data; stored encrypted."),
});

/** An interface as the engine describes it now, with its legs. */
export const interfaceSeenSchema = z.object({
  kind: z.literal("interface"),
  interface: identifier,
  name: shortText,
  state: z.string().max(32).optional(),
  revision: int32.optional(),
  columns: z.array(z.string().max(128)).max(200).optional(),
  legs: z.array(
    z.object({
      leg: identifier,
      name: shortText,
      direction: z.enum(directions),
      ordinal: int32,
      state: z.string().max(32).optional(),
    }),
  ),
});

export const changeKinds = [
  "deployed",
  "undeployed",
  "started",
  "stopped",
  "paused",
  "restarted",
  "counter_fell",
  "version_changed",
  "replaced",
] as const;

/** Something happened at the source that explains a step in a chart. */
export const changeSchema = z.object({
  kind: z.literal("change"),
  interface: identifier.optional(),
  at: instantSchema,
  change: z.enum(changeKinds),
  detail: shortText.optional(),
});

export const itemSchema = z.discriminatedUnion("kind", [
  deliverySchema,
  sampleSchema,
  auditEventSchema,
  interfaceSeenSchema,
  changeSchema,
  ...clinicalSchemas,
]);

export type DeliveryObservation = z.infer<typeof deliverySchema>;
export type Sample = z.infer<typeof sampleSchema>;
export type ExternalAuditEvent = z.infer<typeof auditEventSchema>;
export type InterfaceSeen = z.infer<typeof interfaceSeenSchema>;
export type ChangeSeen = z.infer<typeof changeSchema>;
export type Item = z.infer<typeof itemSchema>;

/** Something a source sent that could not be understood: kept whole, with its reason, to be run again. */
export type Reject = {
  readonly reason: RejectReason;
  /** Static or structural words (paths, codes), never content. */
  readonly detail: string;
  /** How to read the payload again: "item" = JSON of a push item, "body" = a whole push body, else the connector's own word. */
  readonly contentKind: string;
  readonly payload: string;
};

export const rejectReasons = [
  "unparseable",
  "unknown_shape",
  "invalid_item",
  "conflict",
  "outside_retention",
  "clock_ahead",
  "unknown_interface",
] as const;
export type RejectReason = (typeof rejectReasons)[number];

/** All that one page of a source says: items in order, and what could not be read. */
export type NormalisedBatch = {
  readonly items: readonly Item[];
  readonly rejects: readonly Reject[];
};

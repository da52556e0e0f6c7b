import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../../audit/canonical-json";
import type { ClinicalFact } from "../../clinical/schema";
import type { Item, RejectReason } from "../../message/schema";
import { isStorableJson } from "../../message/storable-text";
import { auditItemOf } from "../atna/audit-item";
import { readAuditTime } from "../atna/audit-time";
import { auditMessageOf } from "./audit-message";
import { orderSaid, reportSaid, studySaid } from "./exam";
import { fitting, issuerOf, orderNumberOf } from "./identifiers";
import { isNestedWithin } from "./nesting";
import { patientSaid } from "./patient";
import type { FhirPlace } from "./place";
import { type Resolve, withContained } from "./references";
import {
  anyResourceSchema,
  diagnosticReportSchema,
  type FhirIdentifier,
  type FhirType,
  fhirAuditEventSchema,
  fhirPatientSchema,
  fhirTypes,
  imagingStudySchema,
  serviceRequestSchema,
} from "./schema";

export type FhirContext = {
  readonly place: FhirPlace;
  readonly receivedAt: Date;
  readonly resolve: Resolve;
  /** Whether the id is the one under which the sender keeps the resource; that of a create means nothing (FHIR R4, 3.1.0.8). */
  readonly hasLastingId: boolean;
};

/** What one resource says. `nothing`: it was understood, and tells of nothing that is kept. `detail` and `why` hold no content. */
export type FhirReading =
  | { readonly kind: "item"; readonly item: Item }
  | { readonly kind: "nothing"; readonly why: string }
  | Refused;

type Refused = { readonly kind: "refused"; readonly reason: RejectReason; readonly detail: string };

/** Which type a value claims to be, of those that are taken in. */
export function fhirTypeOf(raw: unknown): FhirType | undefined {
  const type = anyResourceSchema.safeParse(raw).data?.resourceType;
  return fhirTypes.find((known) => known === type);
}

/** Reads one resource. Pure; never throws. */
export function readResource(raw: unknown, context: FhirContext): FhirReading {
  if (!isNestedWithin(raw, MAX_DEPTH)) return refused("invalid_item", "nested more deeply than is read");
  const type = fhirTypeOf(raw);
  if (type === undefined) return refused("unknown_shape", "not a resource of a type that is taken in");
  const reading = readers[type](raw, context);
  const isStorable = reading.kind !== "item" || isStorableJson(JSON.stringify(reading.item));
  return isStorable ? reading : refused("invalid_item", "a text holds a character that cannot be stored");
}

const MAX_DEPTH = 64;

type Reader = (raw: unknown, context: FhirContext) => FhirReading;

const readers: Readonly<Record<FhirType, Reader>> = {
  AuditEvent: readWith(fhirAuditEventSchema, (event, { context, raw }) => {
    const message = auditMessageOf(event, context.resolve);
    const at = readAuditTime(event.recorded);
    if (event.type?.code === undefined) return refused("invalid_item", "AuditEvent without a type");
    if (at === undefined) return refused("invalid_item", "AuditEvent.recorded is no instant");
    const lasting = context.hasLastingId ? fitting(event.id, 64) : undefined;
    const { place } = context;
    const told = {
      eventId: lasting === undefined ? contentName(raw) : `AuditEvent/${lasting}`,
      at,
      patientIssuer: place.assigningAuthority,
      own: place.own,
    };
    return { kind: "item", item: auditItemOf(message, told) };
  }),
  Patient: readWith(fhirPatientSchema, (patient, { context, name }) => {
    const said = patientSaid(patient, context);
    const id = name(patient.identifier, "Patient");
    if (id === undefined) return refused("invalid_item", "Patient without an identifier");
    return factOf({ kind: "patient", id, ...said, ...seenAt(patient, context) });
  }),
  ServiceRequest: readWith(serviceRequestSchema, (request, { context, name }) => {
    const said = orderSaid(request, context);
    if (said === undefined) return nothing("It is a proposal, a plan or a draft, and no order.");
    const id = name(request.identifier, "ServiceRequest");
    if (id === undefined) return refused("invalid_item", "ServiceRequest without an identifier");
    return factOf({ id, ...said, ...seenAt(request, context) });
  }),
  ImagingStudy: readWith(imagingStudySchema, (study, { context }) => {
    const said = studySaid(study, context);
    if (said === undefined) return nothing("It is a study that the archive does not hold.");
    const { studyInstanceUid } = said;
    if (studyInstanceUid === undefined) {
      return refused("invalid_item", "ImagingStudy without a study instance UID (system urn:dicom:uid)");
    }
    return factOf({ id: studyInstanceUid, ...said, ...seenAt(study, context) });
  }),
  DiagnosticReport: readWith(diagnosticReportSchema, (report, { context, name }) => {
    const said = reportSaid(report, context);
    if (said === undefined) return nothing("There is no report yet, or its status is unknown.");
    const id = name(report.identifier, "DiagnosticReport");
    if (id === undefined) return refused("invalid_item", "DiagnosticReport without an identifier");
    const seen = seenAt(report, context);
    // Taken back is a report when that was written, and not when it was first made available.
    const issuedAt = said.status === "cancelled" ? undefined : readAuditTime(report.issued);
    return factOf({ id, ...said, at: issuedAt ?? seen.at, observedSeq: seen.observedSeq });
  }),
};

type Read = {
  readonly context: FhirContext;
  readonly raw: unknown;
  /** The lasting name of the object: by its id where that lasts, else by a number of its own. */
  readonly name: (identifiers: readonly FhirIdentifier[] | undefined, type: FhirType) => string | undefined;
};

function readWith<Schema extends z.ZodType<{ id?: string | undefined; contained?: unknown[] | undefined }>>(
  schema: Schema,
  read: (resource: z.output<Schema>, of: Read) => FhirReading,
): Reader {
  return (raw, context) => {
    const parsed = schema.safeParse(raw);
    if (!parsed.success) return refused("unknown_shape", placesOf(parsed.error));
    const { id, contained } = parsed.data;
    const resolve = withContained(context.resolve, contained);
    const name: Read["name"] = (identifiers = [], type) => {
      const byId = fitting(id, 64) && `${type}/${fitting(id, 64)}`;
      return context.hasLastingId ? (byId ?? numberName(identifiers)) : (numberName(identifiers) ?? byId);
    };
    return read(parsed.data, { context: { ...context, resolve }, raw, name });
  };
}

/** The number of who fills an order, of who placed it, or whichever comes first. */
function numberName(identifiers: readonly FhirIdentifier[]): string | undefined {
  const order = orderNumberOf(identifiers, "FILL") ?? orderNumberOf(identifiers, "PLAC");
  if (order !== undefined) return `${order.value}^${order.namespace ?? ""}`.slice(0, 256);
  for (const one of identifiers) {
    const value = fitting(one.value, 128);
    if (value !== undefined) return `${value}^${issuerOf(one) ?? ""}`.slice(0, 256);
  }
  return undefined;
}

/** When it was so: when its version was written, else when it came. */
function seenAt(
  resource: { readonly meta?: { readonly lastUpdated?: string | undefined } | undefined },
  context: FhirContext,
) {
  const at = readAuditTime(resource.meta?.lastUpdated) ?? context.receivedAt;
  return { at, observedSeq: Math.max(at.getTime(), 0) };
}

/** The same event that is sent again has the same name, whatever id and narrative it was given meanwhile. */
function contentName(raw: unknown): string {
  const { id: _id, meta: _meta, text: _text, ...content } = z.record(z.string(), z.json()).parse(raw);
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

function factOf(item: ClinicalFact): FhirReading {
  return { kind: "item", item };
}

function nothing(why: string): FhirReading {
  return { kind: "nothing", why };
}

function refused(reason: RejectReason, detail: string): Refused {
  return { kind: "refused", reason, detail };
}

const MAX_ISSUES = 8;

/** Where and what, without values. */
function placesOf(error: z.ZodError): string {
  const issues = error.issues.map(({ path, code }) => `${path.map(String).join(".") || "resource"}: ${code}`);
  return [...new Set(issues)].slice(0, MAX_ISSUES).join("; ");
}

import type { AuditCode, AuditMessage, AuditObject, AuditParticipant } from "../atna/audit-message";
import { fromBase64 } from "../atna/base64-text";
import { fitting, issuerOf, studyUidOf, typeOf } from "./identifiers";
import type { Resolve } from "./references";
import { type Coding, type Concept, type FhirAuditEvent, fhirPatientSchema, type Reference } from "./schema";

/** An AuditEvent in the terms of an audit message, which it was made from: everything after is the same for both. */
export function auditMessageOf(event: FhirAuditEvent, resolve: Resolve): AuditMessage {
  const entities = (event.entity ?? []).map((entity) => objectOf(entity, resolve));
  return {
    event: eventOf(event),
    eventTypes: codesOf(event.subtype),
    action: event.action,
    dateTime: event.recorded,
    outcome: event.outcome,
    outcomeText: event.outcomeDesc,
    purposes: (event.purposeOfEvent ?? []).flatMap(({ coding }) => codesOf(coding)),
    participants: clientFirst((event.agent ?? []).map(participantOf), event.action),
    source: { id: nameOf(event.source?.observer), site: event.source?.site },
    sourceTypes: (event.source?.type ?? []).flatMap(({ code }) => code ?? []),
    // What a request was numbered says nothing of what was done: it comes last.
    objects: entities.toSorted((a, b) => Number(isRequestId(a)) - Number(isRequestId(b))),
  };
}

/** "Restful Operation" says little: what was asked for is its subtype. */
function eventOf({ type, subtype }: FhirAuditEvent): AuditCode {
  const event = codeOf(type) ?? { code: "unknown", display: undefined, system: undefined };
  const [asked] = codesOf(subtype);
  if (event.code !== "rest" || asked === undefined) return event;
  return { ...event, display: `${event.display ?? "Restful Operation"}: ${asked.display ?? asked.code}` };
}

function isRequestId({ idType }: AuditObject): boolean {
  return idType?.code.toLowerCase() === "xrequestid";
}

/**
 * Who came to whom: where no person is named, the program that asked. It is the destination of what is read, and the source
 * of everything else, a query included (IHE BALP). Where nobody is said to have asked, it did.
 */
function clientFirst(agents: readonly AuditParticipant[], action: string | undefined) {
  const client = action === "R" ? DESTINATION : SOURCE;
  const isClient = ({ roles }: AuditParticipant) => roles.some(({ code }) => code === client);
  const sorted = agents.toSorted((a, b) => Number(isClient(b)) - Number(isClient(a)));
  const isAsked = agents.some(({ isRequestor }) => isRequestor);
  return isAsked ? sorted : sorted.map((one) => (isClient(one) ? { ...one, isRequestor: true } : one));
}

const DESTINATION = "110152";
const SOURCE = "110153";

type Agent = NonNullable<FhirAuditEvent["agent"]>[number];
type Entity = NonNullable<FhirAuditEvent["entity"]>[number];

function participantOf({ type, role = [], who, altId, name, requestor, network }: Agent): AuditParticipant {
  return {
    userId: nameOf(who) ?? altId ?? "",
    alternativeId: altId,
    name: name ?? who?.display,
    isRequestor: requestor === true,
    roles: [type, ...role].flatMap((one: Concept | undefined) => codesOf(one?.coding)),
    accessPoint: network?.address,
  };
}

function objectOf(entity: Entity, resolve: Resolve): AuditObject {
  const { what, type, role, name, description, query, detail = [] } = entity;
  const isPatient = role?.code === "1" || type?.code === "Patient" || isReferenceTo(what, "Patient");
  const studyUid = what?.identifier && studyUidOf([what.identifier]);
  const accession =
    what?.identifier && typeOf(what.identifier) === "ACSN" ? what.identifier.value : undefined;
  const reference = what?.reference;
  return {
    id: isPatient ? patientText(what, resolve) : (studyUid ?? nameOf(what) ?? ""),
    idType: studyUid === undefined ? codeOf(type) : STUDY,
    type: isPatient ? "1" : type?.code,
    role: isPatient ? "1" : role?.code,
    name: name ?? what?.display,
    query: query === undefined ? undefined : fromBase64(query),
    details: [
      ...(reference === undefined ? [] : [{ type: "reference", value: reference }]),
      ...(description === undefined ? [] : [{ type: "description", value: description }]),
      ...detail.map((one) => ({
        type: one.type ?? "detail",
        value: one.valueString ?? fromBase64(one.valueBase64Binary ?? ""),
      })),
    ],
    accessions: accession === undefined ? [] : [accession],
    studies: [],
  };
}

const STUDY: AuditCode = { code: "110180", display: "Study Instance UID", system: "DCM" };

/**
 * A patient as CX. The id of the resource is no number of hers: without an identifier, in the reference or in the resource
 * where it came along, she is not named.
 */
function patientText(what: Reference | undefined, resolve: Resolve): string {
  const resource = fhirPatientSchema.safeParse(resolve(what?.reference)).data;
  const given = [...(what?.identifier ? [what.identifier] : []), ...(resource?.identifier ?? [])];
  for (const identifier of given) {
    const value = fitting(identifier.value, 64);
    const issuer = issuerOf(identifier) ?? "";
    if (value !== undefined && !/[\^&]/.test(value + issuer)) return `${value}^^^${issuer}`;
  }
  return "";
}

function isReferenceTo(what: Reference | undefined, type: string): boolean {
  return what?.type === type || new RegExp(`(^|/)${type}/`).test(what?.reference ?? "");
}

function nameOf(reference: Reference | undefined): string | undefined {
  const said = [reference?.identifier?.value, reference?.reference, reference?.display];
  return said.map((text) => text?.trim()).find((text) => text !== undefined && text !== "");
}

function codesOf(codings: readonly Coding[] | undefined): readonly AuditCode[] {
  return (codings ?? []).flatMap((coding) => codeOf(coding) ?? []);
}

function codeOf(coding: Coding | undefined): AuditCode | undefined {
  const code = coding?.code?.trim();
  return code ? { code, display: coding?.display?.trim() || undefined, system: coding?.system } : undefined;
}

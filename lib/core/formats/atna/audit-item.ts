import type { ExternalAuditEvent } from "../../message/schema";
import { ownValue } from "../../own-value";
import { sealedAttributes } from "./audit-attributes";
import type { AuditCode, AuditMessage, AuditObject, AuditParticipant } from "./audit-message";
import type { OwnPolling } from "./own-polling";
import { type NamedPatient, patientsOfCx } from "./patient-ids";

export type AuditContext = {
  readonly eventId: string;
  /** When it happened, as far as it can be told. */
  readonly at: Date;
  readonly observedAddress?: string | undefined;
  /** Issuer of patient numbers that come without one. */
  readonly patientIssuer?: string | undefined;
  readonly own: OwnPolling;
  /** What else is kept, encrypted, with the event. */
  readonly attributes?: Readonly<Record<string, string>>;
};

/** The audit event that a message tells of. What may hold patient data is in its attributes, which are stored encrypted. */
export function auditItemOf(message: AuditMessage, context: AuditContext): ExternalAuditEvent {
  const actor = actorOf(message.participants);
  const patientObjects = message.objects.filter(isPatient);
  const [patient, ...further] = distinct(
    patientObjects.flatMap(({ id }) => patientsOfCx(id, context.patientIssuer)),
  );
  const studies = [...new Set(message.objects.flatMap(studiesOf))].slice(0, 1_000);
  const auditSource = [message.source.id, message.source.site].filter(Boolean).join(" @ ");
  return {
    kind: "audit",
    eventId: context.eventId,
    at: context.at,
    name: short(message.event.display ?? message.event.code),
    action: actionOf(message.action),
    outcome: outcomeOf(message.outcome),
    ...actorFields(actor),
    ...objectFields(message.objects.find((object) => !isPatient(object))),
    ...(patient && { patient }),
    ...(further.length > 0 && { furtherPatients: further.slice(0, 100) }),
    ...(studies.length > 0 && { studies }),
    codes: [message.event, ...message.eventTypes].slice(0, 20).map(codeField),
    ...(auditSource !== "" && { auditSource: short(auditSource) }),
    ...(context.observedAddress && { observedAddress: context.observedAddress.slice(0, 64) }),
    ...(isOwn(message.participants, context.own) && { ownPolling: true }),
    attributes: { ...sealedAttributes(message), ...context.attributes },
  };
}

/** DCM codes of programs (PS3.16, CID 402): a person comes before them. */
const programRoles = ["110150", "110152", "110153"];

/** Who did it: the person who asked for it, else the program that did, else whoever comes first. */
function actorOf(participants: readonly AuditParticipant[]): AuditParticipant | undefined {
  const asking = participants.filter(({ isRequestor }) => isRequestor);
  const isProgram = ({ roles }: AuditParticipant) => roles.some(({ code }) => programRoles.includes(code));
  return asking.find((one) => !isProgram(one)) ?? asking[0] ?? participants[0];
}

function actorFields(actor: AuditParticipant | undefined) {
  const actorId = actor?.userId.trim() || actor?.alternativeId;
  return {
    ...(actorId && { actorId: short(actorId) }),
    ...(actor?.name && { actorName: short(actor.name) }),
    ...(actor?.accessPoint && { claimedAddress: actor.accessPoint.slice(0, 64) }),
  };
}

/** What was acted on, besides patients. Whatever follows `?` in an address may name one, and stays out. */
function objectFields(object: AuditObject | undefined) {
  if (object === undefined) return {};
  const id = object.id.replace(/\?.*$/s, "");
  return {
    objectType: short(objectType(object)),
    ...(id !== "" && object.role !== QUERY && { objectId: short(id) }),
    ...(object.name && { objectName: short(object.name) }),
  };
}

const QUERY = "24";
/** RFC 3881, 5.5.2: what roles of objects mean, as far as they name a kind of thing. */
const roleTypes: Readonly<Record<string, string>> = {
  "2": "location",
  "3": "report",
  "4": "resource",
  "7": "guarantor",
  "11": "user",
  "13": "security resource",
  "20": "job",
  [QUERY]: "query",
};

function objectType({ idType, role, type }: AuditObject): string {
  if (idType?.code === "110180") return "study";
  const known = ownValue(roleTypes, role);
  if (known !== undefined) return known;
  if (idType?.display !== undefined) return idType.display.toLowerCase();
  return type === "1" ? "person" : "object";
}

function isPatient({ type, role, idType }: AuditObject): boolean {
  // RFC 3881 number 2 stands for a patient's number; some say no role.
  return type === "1" && (role === "1" || (role === undefined && idType?.code === "2"));
}

function studiesOf({ id, idType, studies }: AuditObject): readonly string[] {
  const own = idType?.code === "110180" ? [id] : [];
  return [...own, ...studies].filter((uid) => uid !== "" && uid.length <= 128);
}

function actionOf(action: string | undefined): ExternalAuditEvent["action"] {
  const known = ["C", "R", "U", "D"] as const;
  return known.find((one) => one === action) ?? "E";
}

function outcomeOf(outcome: string | undefined): ExternalAuditEvent["outcome"] {
  if (outcome === "0") return "success";
  return outcome === "4" || outcome === "8" || outcome === "12" ? "failure" : "unknown";
}

/** Ours, when everybody who asked is one of our accounts at one of our addresses. Where no account is named, any is. */
function isOwn(participants: readonly AuditParticipant[], own: AuditContext["own"]): boolean {
  const asking = participants.filter(({ isRequestor }) => isRequestor);
  return (
    asking.length > 0 &&
    asking.every(
      ({ accessPoint, userId }) =>
        own.addresses.includes(accessPoint?.toLowerCase() ?? "") &&
        (own.accounts.length === 0 || own.accounts.includes(userId.trim().toLowerCase())),
    )
  );
}

function codeField({ code, system, display }: AuditCode) {
  return {
    code: short(code),
    ...(system !== undefined && { system: short(system) }),
    ...(display !== undefined && { display: short(display) }),
  };
}

function distinct(patients: readonly NamedPatient[]): readonly NamedPatient[] {
  const byName = new Map(patients.map((one) => [`${one.assigningAuthority}|${one.value}`, one]));
  return [...byName.values()];
}

function short(text: string): string {
  return text.slice(0, 256);
}

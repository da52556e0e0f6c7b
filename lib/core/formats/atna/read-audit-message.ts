import { readXml, type XmlElement, type XmlProblem } from "../xml/read-xml";
import type { AuditCode, AuditMessage, AuditObject, AuditParticipant } from "./audit-message";
import { fromBase64 } from "./base64-text";

export type AuditMessageResult =
  | { readonly kind: "read"; readonly message: AuditMessage }
  | { readonly kind: "refused"; readonly problem: XmlProblem | "no_xml" | "other_document" | "no_event" };

/** Bounds of one message: studies of thousands of instances name each of them. */
const limits = { maxLength: 4 * 1024 ** 2, maxDepth: 32, maxNodes: 200_000 };

/**
 * Reads what a syslog message carries. Something may stand before the document, and nothing in the syslog header says what
 * it is, so it is looked for. @see readXml for what keeps hostile documents out
 */
export function readAuditMessage(content: string): AuditMessageResult {
  const start = content.slice(0, 1_024).indexOf("<");
  if (start < 0) return { kind: "refused", problem: "no_xml" };
  const parsed = readXml(content, limits, start);
  if (parsed.kind === "refused") return parsed;
  const root = auditRoot(parsed.root);
  if (root === undefined) return { kind: "refused", problem: "other_document" };
  const event = first(root, "EventIdentification");
  const eventId = event && codeOf(first(event, "EventID"));
  if (event === undefined || eventId === undefined) return { kind: "refused", problem: "no_event" };
  return { kind: "read", message: messageOf(root, { event, eventId }) };
}

/** Some wrap it in one more element. */
function auditRoot(root: XmlElement): XmlElement | undefined {
  return root.name === "AuditMessage" ? root : first(root, "AuditMessage");
}

function messageOf(
  root: XmlElement,
  { event, eventId }: { readonly event: XmlElement; readonly eventId: AuditCode },
): AuditMessage {
  const sources = all(root, "AuditSourceIdentification");
  const purposes = [...all(event, "PurposeOfUse"), ...all(root, "PurposeOfUse")];
  return {
    event: eventId,
    eventTypes: codesOf(all(event, "EventTypeCode")),
    action: attribute(event, "EventActionCode"),
    dateTime: attribute(event, "EventDateTime"),
    outcome: attribute(event, "EventOutcomeIndicator"),
    outcomeText: textOf(first(event, "EventOutcomeDescription")),
    purposes: codesOf(purposes),
    participants: all(root, "ActiveParticipant").map(participantOf),
    source: {
      id: sources.map((source) => attribute(source, "AuditSourceID")).find(isGiven),
      site: sources.map((source) => attribute(source, "AuditEnterpriseSiteID")).find(isGiven),
    },
    sourceTypes: sources.flatMap(sourceTypesOf),
    objects: all(root, "ParticipantObjectIdentification").map(objectOf),
  };
}

function participantOf(element: XmlElement): AuditParticipant {
  return {
    userId: element.attributes.get("UserID") ?? "",
    alternativeId: attribute(element, "AlternativeUserID"),
    name: attribute(element, "UserName"),
    isRequestor: attribute(element, "UserIsRequestor")?.toLowerCase() !== "false",
    roles: codesOf(all(element, "RoleIDCode")),
    accessPoint: attribute(element, "NetworkAccessPointID"),
  };
}

/** An element by the present form, an attribute by the older one, and a bare text by some. */
function sourceTypesOf(source: XmlElement): readonly string[] {
  const own = attribute(source, "code") ?? attribute(source, "AuditSourceTypeCode");
  const inner = all(source, "AuditSourceTypeCode").map((type) => codeOf(type)?.code ?? textOf(type));
  return [own, ...inner].filter(isGiven);
}

function objectOf(element: XmlElement): AuditObject {
  const descriptions = all(element, "ParticipantObjectDescription");
  // Accession and studies stand in a description by A.5.2, beside it by the schema of dcm4che.
  const holders = [element, ...descriptions];
  return {
    id: element.attributes.get("ParticipantObjectID")?.trim() ?? "",
    idType: codeOf(first(element, "ParticipantObjectIDTypeCode")),
    type: attribute(element, "ParticipantObjectTypeCode"),
    role: attribute(element, "ParticipantObjectTypeCodeRole"),
    name: textOf(first(element, "ParticipantObjectName")) ?? attribute(element, "ParticipantObjectName"),
    query: decoded(textOf(first(element, "ParticipantObjectQuery"))),
    details: all(element, "ParticipantObjectDetail").map((detail) => ({
      type: attribute(detail, "type") ?? "",
      value: decoded(attribute(detail, "value")) ?? "",
    })),
    accessions: holders
      .flatMap((holder) => all(holder, "Accession"))
      .map((accession) => attribute(accession, "Number"))
      .filter(isGiven),
    studies: holders
      .flatMap((holder) => all(holder, "ParticipantObjectContainsStudy"))
      .flatMap((study) => [study, ...study.children])
      .map((study) => attribute(study, "UID"))
      .filter(isGiven),
  };
}

function codesOf(elements: readonly XmlElement[]): readonly AuditCode[] {
  return elements.map(codeOf).filter((code) => code !== undefined);
}

function codeOf(element: XmlElement | undefined): AuditCode | undefined {
  if (element === undefined) return undefined;
  const code = attribute(element, "csd-code") ?? attribute(element, "code");
  const display = attribute(element, "originalText") ?? attribute(element, "displayName");
  if (code === undefined && display === undefined) return undefined;
  return { code: code ?? "", display, system: attribute(element, "codeSystemName") };
}

function decoded(text: string | undefined): string | undefined {
  return text === undefined ? undefined : fromBase64(text);
}

function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.get(name)?.trim() || undefined;
}

function textOf(element: XmlElement | undefined): string | undefined {
  return element?.text.trim() || undefined;
}

function first(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((child) => child.name === name);
}

function all(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined;
}

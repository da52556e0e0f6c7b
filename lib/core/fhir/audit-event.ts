import type { AuditOutcome } from "../audit/external-event";
import type { AuditAction, AuditLeaf } from "../audit/leaf";
import { DCM, outcomeCodeOf, typeOf } from "./audit-codes";
import { type FeedPlace, printFeedPlace } from "./audit-place";

/** One event of the feed, of an engine or of our own audit trail. */
export type FeedEvent = FeedPlace & {
  /** Name of the engine's source; null for our own. */
  readonly source: string | null;
  /** What the engine calls it, or the permission that was used. */
  readonly name: string;
  readonly permission: string | null;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome | AuditLeaf["outcome"];
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly address: string | null;
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly objectName: string | null;
  /** Keyed hash of the patient's identifier, hexadecimal; says nothing by itself. */
  readonly patientRef: string | null;
};

/**
 * The event as a FHIR R4 AuditEvent. What engines keep in attributes is not in it: it may hold patient data, which is
 * opened one event at a time in the console.
 */
export function toAuditEvent(event: FeedEvent) {
  const { code, display } = typeOf(event.permission);
  const outcome = outcomeCodeOf(event.outcome);
  return {
    resourceType: "AuditEvent",
    id: printFeedPlace(event),
    type: { system: DCM, code, display },
    subtype: [
      {
        system: event.sourceId === 0 ? "urn:signalbox:permission" : "urn:signalbox:engine-event",
        code: event.name,
      },
    ],
    action: event.action,
    recorded: event.at.toISOString(),
    ...(outcome === undefined ? {} : { outcome }),
    agent: [agentOf(event)],
    source: {
      observer: {
        identifier: { system: "urn:signalbox:source", value: String(event.sourceId) },
        display: event.source ?? "Signalbox",
      },
    },
    ...(entitiesOf(event).length > 0 ? { entity: entitiesOf(event) } : {}),
  };
}

function agentOf({ actorKind, actorId, actorName, address }: FeedEvent) {
  const identifier = { system: `urn:signalbox:${actorKind}`, value: actorId ?? actorName ?? "unknown" };
  return {
    who: { identifier },
    ...(actorName === null ? {} : { name: actorName }),
    requestor: true,
    // Type 2 = IP address, 1 = machine name (FHIR R4, network-type).
    ...(address === null ? {} : { network: { address, type: /^[\d.]+$|:/.test(address) ? "2" : "1" } }),
  };
}

const ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const ENTITY_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";

function entitiesOf({ objectType, objectId, objectName, patientRef }: FeedEvent) {
  const patient = {
    what: { identifier: { system: "urn:signalbox:patient-ref", value: patientRef ?? "" } },
    type: { system: ENTITY_TYPE, code: "1", display: "Person" },
    role: { system: ENTITY_ROLE, code: "1", display: "Patient" },
  };
  const object = {
    what: { identifier: { system: `urn:signalbox:${objectType ?? "object"}`, value: objectId ?? "" } },
    type: { system: ENTITY_TYPE, code: "2", display: "System Object" },
    ...(objectName === null ? {} : { name: objectName }),
  };
  return [...(objectId ? [object] : []), ...(patientRef === null ? [] : [patient])];
}

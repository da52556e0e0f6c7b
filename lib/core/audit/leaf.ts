import { canonicalJson, type Json } from "./canonical-json";
import { sha256 } from "./sha256";

/** FHIR AuditEvent.action: create, read, update, delete, execute. */
export type AuditAction = "C" | "R" | "U" | "D" | "E";

/** One line of our own audit trail. Never holds patient data in clear. */
export type AuditLeaf = {
  readonly at: Date;
  readonly actorKind: "user" | "source" | "client" | "system";
  readonly actorId: string;
  readonly action: AuditAction;
  readonly permission: string;
  readonly entityType: string;
  readonly entityId: string;
  readonly outcome: "success" | "denied" | "failure";
  readonly detail: Readonly<Record<string, Json>>;
  readonly requestId: string;
};

/** SHA-256 over the canonical JSON of the line: 32 bytes that change when any field does. */
export function leafDigest(leaf: AuditLeaf): Buffer {
  return sha256(canonicalLeaf(leaf));
}

/** The canonical JSON of a line, written out: its keys are known and in order, and a trail has millions of them. */
function canonicalLeaf(leaf: AuditLeaf): string {
  const { actorKind, entityType, permission } = leaf;
  return (
    `{"action":${JSON.stringify(leaf.action)},"actorId":${JSON.stringify(leaf.actorId)}` +
    `,"actorKind":${JSON.stringify(actorKind)},"at":"${leaf.at.toISOString()}","detail":${canonicalJson(leaf.detail)}` +
    `,"entityId":${JSON.stringify(leaf.entityId)},"entityType":${JSON.stringify(entityType)}` +
    `,"outcome":${JSON.stringify(leaf.outcome)},"permission":${JSON.stringify(permission)}` +
    `,"requestId":${JSON.stringify(leaf.requestId)}}`
  );
}

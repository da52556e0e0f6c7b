import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "./canonical-json";

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
  const text = canonicalJson({
    at: leaf.at.toISOString(),
    actorKind: leaf.actorKind,
    actorId: leaf.actorId,
    action: leaf.action,
    permission: leaf.permission,
    entityType: leaf.entityType,
    entityId: leaf.entityId,
    outcome: leaf.outcome,
    detail: leaf.detail,
    requestId: leaf.requestId,
  });
  return createHash("sha256").update(text).digest();
}

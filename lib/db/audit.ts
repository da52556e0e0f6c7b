import { type AuditLeaf, leafDigest } from "@/lib/core/audit/leaf";
import type { Transaction } from "./transaction";

/** Appends one line to our own audit trail, in the transaction of the act it tells of. */
export async function appendAudit(tx: Transaction, leaf: AuditLeaf): Promise<void> {
  const insert = auditInsert(leaf);
  await tx.$executeRawUnsafe(insert.text, ...insert.values);
}

/** The one statement that writes an audit line and queues it to be sealed, for whoever holds a connection of its own. */
export function auditInsert(leaf: AuditLeaf): { readonly text: string; readonly values: readonly unknown[] } {
  return {
    text: `WITH leaf AS (
             INSERT INTO signal.audit_leaf
               (at, actor_kind, actor_id, action, permission, entity_type, entity_id, outcome, detail, request_id, digest)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11)
             RETURNING id)
           INSERT INTO signal.audit_unsealed (leaf_id) SELECT id FROM leaf`,
    values: [
      leaf.at,
      leaf.actorKind,
      leaf.actorId,
      leaf.action,
      leaf.permission,
      leaf.entityType,
      leaf.entityId,
      leaf.outcome,
      JSON.stringify(leaf.detail),
      leaf.requestId,
      leafDigest(leaf),
    ],
  };
}

import { type AuditLeaf, leafDigest } from "@/lib/core/audit/leaf";
import type { Transaction } from "./transaction";

/** Appends one line to our own audit trail, in the transaction of the act it tells of. */
export async function appendAudit(tx: Transaction, leaf: AuditLeaf): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO signal.audit_leaf
      (at, actor_kind, actor_id, action, permission, entity_type, entity_id, outcome, detail, request_id, digest)
    VALUES
      (${leaf.at}, ${leaf.actorKind}, ${leaf.actorId}, ${leaf.action}, ${leaf.permission}, ${leaf.entityType},
       ${leaf.entityId}, ${leaf.outcome}, ${JSON.stringify(leaf.detail)}::jsonb, ${leaf.requestId}, ${leafDigest(leaf)})`;
}

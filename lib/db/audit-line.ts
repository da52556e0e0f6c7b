import type { AuditBlock, BlockLeaf } from "@/lib/core/audit/block";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import { type BlockRow, blockColumns, blockOf, instantOf } from "./audit-block-row";
import { database } from "./client";

/** One line of our own trail with where it is sealed. */
export type StoredLine = {
  readonly id: string;
  readonly leaf: AuditLeaf;
  readonly digest: Buffer;
  /** Name of the account; null for other actors and for accounts that are gone. */
  readonly actorName: string | null;
  /** Undefined while the line waits to be sealed. */
  readonly sealed: { readonly block: number; readonly position: number } | undefined;
};

type LineRow = AuditLeaf & {
  readonly digest: Buffer;
  readonly actorName: string | null;
  readonly block: string | null;
  readonly position: number | null;
};

/** One line by its number; undefined when there is none. Primary keys. */
export async function findLine(id: string): Promise<StoredLine | undefined> {
  const { rows } = await database().pool.query<LineRow>(
    `SELECT l.at, l.actor_kind AS "actorKind", l.actor_id AS "actorId", l.action, l.permission, l.entity_type AS "entityType",
       l.entity_id AS "entityId", l.outcome, l.detail, l.request_id AS "requestId", l.digest, u.name AS "actorName",
       m.block::text AS block, m.position
     FROM signal.audit_leaf l
     LEFT JOIN public."user" u ON l.actor_kind = 'user' AND u.id::text = l.actor_id
     LEFT JOIN signal.audit_block_leaf m ON m.leaf_id = l.id
     WHERE l.id = $1::int8`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { digest, actorName, block, position, ...leaf } = row;
  return {
    id,
    leaf: { ...leaf, at: instantOf(leaf.at) },
    digest,
    actorName,
    sealed: block === null || position === null ? undefined : { block: Number(block), position },
  };
}

/** A block and the numbers and digests of its lines in their order. Index audit_block_leaf_place. */
export async function readWholeBlock(
  number: number,
): Promise<{ readonly block: AuditBlock; readonly leaves: readonly BlockLeaf[] } | undefined> {
  const { pool } = database();
  const [blocks, leaves] = await Promise.all([
    pool.query<BlockRow>(`SELECT ${blockColumns} FROM signal.audit_block WHERE number = $1`, [number]),
    pool.query<BlockLeaf>(
      `SELECT m.leaf_id::text AS id, coalesce(l.digest, '') AS digest
       FROM signal.audit_block_leaf m LEFT JOIN signal.audit_leaf l ON l.id = m.leaf_id
       WHERE m.block = $1 ORDER BY m.position`,
      [number],
    ),
  ]);
  const [row] = blocks.rows;
  return row && { block: blockOf(row), leaves: leaves.rows };
}

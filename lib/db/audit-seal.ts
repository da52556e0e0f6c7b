import type pg from "pg";
import type { AuditBlock, BlockLeaf } from "@/lib/core/audit/block";
import { type BlockRow, blockColumns, blockOf } from "./audit-block-row";
import { inPoolTransaction } from "./pool-transaction";

/**
 * Seals up to `limit` queued leaves, lowest number first, into the block that `seal` makes of them, in one transaction.
 * Of two sealers, one waits for the other. Answers with the number of leaves: 0 when the queue is empty.
 * @throws whatever `seal` throws; then nothing is changed
 */
export async function sealQueuedLeaves(ask: {
  readonly limit: number;
  readonly seal: (trail: {
    readonly previous: AuditBlock | undefined;
    readonly leaves: readonly BlockLeaf[];
  }) => AuditBlock;
}): Promise<number> {
  return inPoolTransaction(async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('signalbox.audit-seal'))");
    const { rows: leaves } = await client.query<BlockLeaf>(queued, [ask.limit]);
    if (leaves.length === 0) return 0;
    const block = ask.seal({ previous: await readLastBlock(client), leaves });
    await insertBlock(client, block, leaves);
    await client.query("DELETE FROM signal.audit_unsealed WHERE leaf_id = ANY ($1::bigint[])", [
      leaves.map(({ id }) => id),
    ]);
    return leaves.length;
  });
}

// What is sealed already is left alone, so that a number that comes back into the queue does not stop the sealing.
const queued = `SELECT q.leaf_id::text AS id, l.digest
  FROM signal.audit_unsealed q JOIN signal.audit_leaf l ON l.id = q.leaf_id
  WHERE NOT EXISTS (SELECT FROM signal.audit_block_leaf m WHERE m.leaf_id = q.leaf_id)
  ORDER BY q.leaf_id LIMIT $1`;

/** The newest block; undefined when nothing was sealed yet. */
export async function readLastBlock(client: Pick<pg.ClientBase, "query">): Promise<AuditBlock | undefined> {
  const { rows } = await client.query<BlockRow>(
    `SELECT ${blockColumns} FROM signal.audit_block b ORDER BY b.number DESC LIMIT 1`,
  );
  return rows[0] && blockOf(rows[0]);
}

async function insertBlock(
  client: pg.ClientBase,
  block: AuditBlock,
  leaves: readonly BlockLeaf[],
): Promise<void> {
  await client.query(
    `INSERT INTO signal.audit_block
       (number, leaf_count, first_id, last_id, root, previous, sealed_at, key_id, hash, signature)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      block.number,
      block.leafCount,
      block.firstId,
      block.lastId,
      block.root,
      block.previous,
      block.sealedAt,
      block.keyId,
      block.hash,
      block.signature,
    ],
  );
  await client.query(
    `INSERT INTO signal.audit_block_leaf (leaf_id, block, position)
     SELECT id, $1, place - 1 FROM unnest($2::bigint[]) WITH ORDINALITY AS leaf (id, place)`,
    [block.number, leaves.map(({ id }) => id)],
  );
}

import pg from "pg";
import { type AuditBlock, sealBlock } from "@/lib/core/audit/block";
import { type AuditLeaf, leafDigest } from "@/lib/core/audit/leaf";
import type { SigningKeys } from "@/lib/crypto/signing-key";
import { aLeaf } from "@/tests/prove/tamper-trail";
import { seededRandom } from "@/tests/support/random";

const CHUNK = 5_000;
const START = Date.parse("2026-01-01T00:00:00.000Z");

type Numbered = { readonly id: string; readonly leaf: AuditLeaf; readonly digest: Buffer };

/** Fills an empty audit trail with `rows` sealed lines, `perBlock` in each block, as the owner. Nothing is queued. */
export async function fillTrail(ask: {
  readonly ownerUrl: string;
  readonly rows: number;
  readonly perBlock: number;
  readonly keys: SigningKeys;
  readonly say: (line: string) => void;
}): Promise<void> {
  const random = seededRandom(1);
  const owner = new pg.Client({ connectionString: ask.ownerUrl, options: "-c synchronous_commit=off" });
  await owner.connect();
  let previous: AuditBlock | undefined;
  for (let from = 1; from <= ask.rows; from += CHUNK) {
    const count = Math.min(CHUNK, ask.rows - from + 1);
    const leaves = Array.from({ length: count }, (_, i): Numbered => {
      const leaf = aLeaf({ random, at: new Date(START + (from + i) * 1_000) });
      return { id: String(from + i), leaf, digest: leafDigest(leaf) };
    });
    const blocks: AuditBlock[] = [];
    for (let i = 0; i < count; i += ask.perBlock) {
      const sealedAt = new Date(START + (from + i) * 1_000);
      previous = sealBlock({
        previous,
        leaves: leaves.slice(i, i + ask.perBlock),
        sealedAt,
        signer: ask.keys.current,
      });
      blocks.push(previous);
    }
    await insertLeaves(owner, leaves);
    await insertBlocks(owner, blocks);
    if ((from - 1) % 100_000 === 0) ask.say(`${from + count - 1} of ${ask.rows} rows made`);
  }
  await owner.query("VACUUM ANALYZE signal.audit_leaf, signal.audit_block, signal.audit_block_leaf");
  await owner.end();
}

async function insertLeaves(owner: pg.Client, leaves: readonly Numbered[]): Promise<void> {
  const column = <T>(of: (row: Numbered) => T) => leaves.map(of);
  await owner.query(
    `INSERT INTO signal.audit_leaf (id, at, actor_kind, actor_id, action, permission, entity_type, entity_id, outcome,
       detail, request_id, digest)
     OVERRIDING SYSTEM VALUE
     SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[], $10::jsonb[], $11::text[], $12::bytea[])`,
    [
      column(({ id }) => id),
      column(({ leaf }) => leaf.at.toISOString()),
      column(({ leaf }) => leaf.actorKind),
      column(({ leaf }) => leaf.actorId),
      column(({ leaf }) => leaf.action),
      column(({ leaf }) => leaf.permission),
      column(({ leaf }) => leaf.entityType),
      column(({ leaf }) => leaf.entityId),
      column(({ leaf }) => leaf.outcome),
      column(({ leaf }) => JSON.stringify(leaf.detail)),
      column(({ leaf }) => leaf.requestId),
      column(({ digest }) => digest),
    ],
  );
}

async function insertBlocks(owner: pg.Client, blocks: readonly AuditBlock[]): Promise<void> {
  const column = <T>(of: (block: AuditBlock) => T) => blocks.map(of);
  await owner.query(
    `WITH block AS (
       INSERT INTO signal.audit_block (number, leaf_count, first_id, last_id, root, previous, sealed_at, key_id, hash, signature)
       SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bytea[], $6::bytea[],
         $7::timestamptz[], $8::text[], $9::bytea[], $10::bytea[])
       RETURNING number, first_id, last_id)
     INSERT INTO signal.audit_block_leaf (leaf_id, block, position)
     SELECT id, number, id - first_id FROM block, generate_series(first_id, last_id) AS id`,
    [
      column(({ number }) => number),
      column(({ leafCount }) => leafCount),
      column(({ firstId }) => firstId),
      column(({ lastId }) => lastId),
      column(({ root }) => root),
      column(({ previous }) => previous),
      column(({ sealedAt }) => sealedAt.toISOString()),
      column(({ keyId }) => keyId),
      column(({ hash }) => hash),
      column(({ signature }) => signature),
    ],
  );
}

import type pg from "pg";
import type { AuditBlock } from "@/lib/core/audit/block";
import type { Finding } from "@/lib/core/audit/finding";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import type { ListedLeaf } from "@/lib/core/audit/verify-trail";
import { type BlockRow, blockColumns, blockOf, instantOf } from "./audit-block-row";
import { database } from "./client";
import { fetchAll } from "./fetch-all";

/** Blocks from `first` to `last`, both part of it. */
export type BlockRange = { readonly first: number; readonly last: number };

/** Runs `work` on one moment of the trail, read only and without time limits, while everything goes on. */
export async function atOneMoment<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database().pool.connect();
  let isDone = false;
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
    const result = await work(client);
    await client.query("COMMIT");
    isDone = true;
    return result;
  } finally {
    // Given back for destruction where a cursor may still be open.
    client.release(!isDone);
  }
}

/** The blocks that were sealed in [from, to); undefined when there are none. Index audit_block_sealed_at. */
export async function blocksSealedIn(
  client: pg.ClientBase,
  range: { readonly from: Date | undefined; readonly to: Date | undefined },
): Promise<BlockRange | undefined> {
  const { rows } = await client.query<{ first: string | null; last: string | null }>(
    `SELECT min(number)::text AS first, max(number)::text AS last FROM signal.audit_block
     WHERE ($1::timestamptz IS NULL OR sealed_at >= $1) AND ($2::timestamptz IS NULL OR sealed_at < $2)`,
    [range.from, range.to],
  );
  const [row] = rows;
  return row?.first && row.last ? { first: Number(row.first), last: Number(row.last) } : undefined;
}

/** One block by its number. */
export async function readBlock(client: pg.ClientBase, number: number): Promise<AuditBlock | undefined> {
  const { rows } = await client.query<BlockRow>(
    `SELECT ${blockColumns} FROM signal.audit_block WHERE number = $1`,
    [number],
  );
  return rows[0] && blockOf(rows[0]);
}

/** What a trail is read as: each block, followed by the lines it lists. */
export type TrailPart =
  | { readonly kind: "block"; readonly block: AuditBlock }
  | { readonly kind: "leaf"; readonly listed: ListedLeaf };

/** Blocks with their lines in order, some thousand parts at a time. Lines that are listed in a block that is not there are passed over. */
export async function* readTrail(
  client: pg.ClientBase,
  range: BlockRange,
): AsyncGenerator<readonly TrailPart[]> {
  const between = [range.first, range.last].map(wholeNumber).join(" AND ");
  const blocks = fetchAll<BlockRow>(client, {
    name: "audit_blocks",
    text: `SELECT ${blockColumns} FROM signal.audit_block b WHERE b.number BETWEEN ${between} ORDER BY b.number`,
  });
  const members = fetchAll<MemberRow>(client, {
    name: "audit_members",
    text: `${listedLeaves} WHERE m.block BETWEEN ${between} ${inOrder}`,
  });
  let waiting: readonly MemberRow[] = [];
  let taken = 0;
  for await (const rows of blocks) {
    let parts: TrailPart[] = [];
    for (const row of rows) {
      const block = blockOf(row);
      parts.push({ kind: "block", block });
      for (;;) {
        const member = waiting[taken];
        if (member === undefined) {
          const more = await members.next();
          if (more.done) break;
          yield parts;
          [parts, waiting, taken] = [[], more.value, 0];
        } else if (Number(member.block) > block.number) break;
        else {
          if (Number(member.block) === block.number) parts.push({ kind: "leaf", listed: listedOf(member) });
          taken += 1;
        }
      }
    }
    yield parts;
  }
}

/** A number that was tampered with may be beyond what counts: then its block is passed over. */
function wholeNumber(number: number): string {
  return String(Math.max(Math.min(Math.trunc(number), Number.MAX_SAFE_INTEGER), Number.MIN_SAFE_INTEGER));
}

const listedLeaves = `SELECT m.block::text AS block, m.leaf_id::text AS id, m.position, l.id IS NOT NULL AS "isThere",
    l.at, l.actor_kind AS "actorKind", l.actor_id AS "actorId", l.action, l.permission, l.entity_type AS "entityType",
    l.entity_id AS "entityId", l.outcome, l.detail, l.request_id AS "requestId", l.digest
  FROM signal.audit_block_leaf m LEFT JOIN signal.audit_leaf l ON l.id = m.leaf_id`;
const inOrder = "ORDER BY m.block, m.position";

type MemberRow = AuditLeaf & {
  readonly block: string;
  readonly id: string;
  readonly position: number;
  readonly isThere: boolean;
  readonly digest: Buffer;
};

// Written out: copying all but some fields takes longer than everything else that happens to a line here.
function listedOf(row: MemberRow): ListedLeaf {
  const leaf = row.isThere
    ? {
        at: instantOf(row.at),
        actorKind: row.actorKind,
        actorId: row.actorId,
        action: row.action,
        permission: row.permission,
        entityType: row.entityType,
        entityId: row.entityId,
        outcome: row.outcome,
        detail: row.detail,
        requestId: row.requestId,
        digest: row.digest,
      }
    : undefined;
  return { id: row.id, position: row.position, leaf };
}

/** What no walk along the blocks comes upon: lines, queue entries and list entries that belong nowhere. One of each. */
export async function readStrays(client: pg.ClientBase): Promise<readonly Finding[]> {
  const { rows } = await client.query<{ kind: Finding["kind"]; leafId: string }>(strays);
  return rows;
}

const strays = `(SELECT 'leaf-unaccounted' AS kind, l.id::text AS "leafId" FROM signal.audit_leaf l
    WHERE NOT EXISTS (SELECT FROM signal.audit_block_leaf m WHERE m.leaf_id = l.id)
      AND NOT EXISTS (SELECT FROM signal.audit_unsealed q WHERE q.leaf_id = l.id)
    ORDER BY l.id LIMIT 1)
  UNION ALL
  (SELECT 'queue-without-leaf', q.leaf_id::text FROM signal.audit_unsealed q
    WHERE NOT EXISTS (SELECT FROM signal.audit_leaf l WHERE l.id = q.leaf_id)
    ORDER BY q.leaf_id LIMIT 1)
  UNION ALL
  (SELECT 'membership-without-block', m.leaf_id::text FROM signal.audit_block_leaf m
    WHERE NOT EXISTS (SELECT FROM signal.audit_block b WHERE b.number = m.block)
    ORDER BY m.leaf_id LIMIT 1)`;

/** Lines that stand in blocks after `number`, and those that wait to be sealed. */
export async function countAfter(
  client: Pick<pg.ClientBase, "query">,
  number: number,
): Promise<{ readonly sealed: number; readonly unsealed: number }> {
  const { rows } = await client.query<{ sealed: string; unsealed: string }>(
    `SELECT (SELECT count(*) FROM signal.audit_block_leaf WHERE block > $1) AS sealed,
            (SELECT count(*) FROM signal.audit_unsealed) AS unsealed`,
    [number],
  );
  return { sealed: Number(rows[0]?.sealed ?? 0), unsealed: Number(rows[0]?.unsealed ?? 0) };
}

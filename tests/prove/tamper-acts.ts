import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type pg from "pg";
import { type AuditBlock, blockHash, blockLink, genesisLink, sealedLeaf } from "@/lib/core/audit/block";
import { leafDigest } from "@/lib/core/audit/leaf";
import { merkleRoot } from "@/lib/core/audit/merkle";
import { readTrail } from "@/lib/db/audit-trail";
import { type Random, wholeBelow } from "@/tests/support/random";

/** One way to tamper, by whoever owns the tables. */
export type TamperAct = (io: { readonly client: pg.Client; readonly random: Random }) => Promise<void>;

const attacker = generateKeyPairSync("ed25519");

/** What makes another value of a column. */
const leafChanges: Readonly<Record<string, string>> = {
  at: "at + interval '1 ms'",
  actor_kind: "CASE actor_kind WHEN 'user' THEN 'system' ELSE 'user' END",
  actor_id: "actor_id || ' '",
  action: "CASE action WHEN 'R' THEN 'E' ELSE 'R' END",
  permission: "upper(permission)",
  entity_type: "entity_type || 's'",
  entity_id: "entity_id || '0'",
  outcome: "CASE outcome WHEN 'success' THEN 'failure' ELSE 'success' END",
  detail: `detail || '{"x": 1}'`,
  request_id: "''",
  digest: "sha256(digest)",
};
const blockChanges: Readonly<Record<string, string>> = {
  number: "number + 100000",
  leaf_count: "leaf_count + 1",
  first_id: "first_id - 1",
  last_id: "last_id + 1",
  root: "sha256(root)",
  previous: "sha256(previous)",
  sealed_at: "sealed_at + interval '1 ms'",
  key_id: "key_id || '0'",
  hash: "sha256(hash)",
  signature: "sha512(signature)",
};
const witnessChanges: Readonly<Record<string, string>> = {
  at: "at + interval '1 ms'",
  number: "number + 1",
  hash: "sha256(hash)",
};

/** Every kind of tampering by name. Each changes something whatever row it falls on. */
export const tamperActs: Readonly<Record<string, TamperAct>> = {
  ...mutations("audit_leaf", "id", leafChanges),
  ...mutations("audit_block", "number", blockChanges),
  ...mutations("audit_witness", "id", witnessChanges),
  ...mutations("audit_block_leaf", "leaf_id", {
    leaf_id: "leaf_id + 1000000",
    block: "block + 1",
    position: "position + 1000",
  }),
  "change a line and its digest": async ({ client, random }) => {
    await redigest(client, await changedLeaf(client, random));
  },
  "change a line's number": async ({ client, random }) => {
    await freeIdentity(client);
    await client.query(
      `UPDATE signal.audit_leaf SET id = id + 1000000 WHERE ${one("audit_leaf", "id", random)}`,
    );
  },
  "delete a line": onOne("audit_leaf", "id", "DELETE FROM signal.audit_leaf"),
  "delete a line and its place": async ({ client, random }) => {
    const id = await pick(client, { table: "audit_leaf", key: "id", random });
    await client.query("DELETE FROM signal.audit_leaf WHERE id = $1", [id]);
    await client.query("DELETE FROM signal.audit_block_leaf WHERE leaf_id = $1", [id]);
  },
  "delete a line, put it back into the queue": async ({ client, random }) => {
    const id = await pick(client, { table: "audit_leaf", key: "id", random });
    await client.query("DELETE FROM signal.audit_leaf WHERE id = $1", [id]);
    await client.query("DELETE FROM signal.audit_block_leaf WHERE leaf_id = $1", [id]);
    await client.query("INSERT INTO signal.audit_unsealed VALUES ($1)", [id]);
  },
  "insert a line": async ({ client, random }) => {
    await insertedLeaf(client, random);
  },
  "insert a line into a block": async ({ client, random }) => {
    await place(client, random, await insertedLeaf(client, random));
  },
  "insert a line and re-chain": async ({ client, random }) => {
    const block = await place(client, random, await insertedLeaf(client, random));
    await rechain({ client, random, from: block });
  },
  "swap what two lines say": async ({ client, random }) => {
    const [a, b] = await two(client, { table: "audit_leaf", key: "id", random });
    await swap(
      client,
      ["at", "actor_kind", "actor_id", "entity_id", "detail", "request_id", "digest"],
      [a, b],
    );
  },
  "swap the numbers of two lines": async ({ client, random }) => {
    const [a, b] = await two(client, { table: "audit_leaf", key: "id", random });
    await freeIdentity(client);
    for (const [from, to] of [
      [a, "-1"],
      [b, a],
      ["-1", b],
    ] as const) {
      await client.query("UPDATE signal.audit_leaf SET id = $2 WHERE id = $1", [from, to]);
    }
  },
  "swap the places of two lines": async ({ client, random }) => {
    const [a, b] = await two(client, { table: "audit_block_leaf", key: "leaf_id", random });
    for (const [from, to] of [
      [a, "-1"],
      [b, a],
      ["-1", b],
    ] as const) {
      await client.query("UPDATE signal.audit_block_leaf SET leaf_id = $2 WHERE leaf_id = $1", [from, to]);
    }
  },
  "delete a block": onOne("audit_block", "number", "DELETE FROM signal.audit_block"),
  "delete a block with its lines": async ({ client, random }) => {
    const number = await pick(client, { table: "audit_block", key: "number", random });
    await deleteBlocks(client, `= ${number}`);
  },
  "delete a block with its lines and re-chain": async ({ client, random }) => {
    const number = await pick(client, { table: "audit_block", key: "number", random });
    await deleteBlocks(client, `= ${number}`);
    await client.query("UPDATE signal.audit_block SET number = -number WHERE number > $1", [number]);
    await client.query("UPDATE signal.audit_block SET number = -number - 1 WHERE number < 0");
    await client.query("UPDATE signal.audit_block_leaf SET block = block - 1 WHERE block > $1", [number]);
    await rechain({ client, random, from: Number(number) });
  },
  "cut off the tail": async ({ client, random }) => {
    const number = await pick(client, { table: "audit_block", key: "number", random });
    await deleteBlocks(client, `>= ${number}`);
    await client.query("DELETE FROM signal.audit_witness WHERE number >= $1", [number]);
  },
  "cut off the head": async ({ client, random }) => {
    const number = await pick(client, { table: "audit_block", key: "number", random });
    await deleteBlocks(client, `<= ${number}`);
  },
  "empty the trail": async ({ client }) => {
    await client.query(
      "TRUNCATE signal.audit_leaf, signal.audit_block, signal.audit_block_leaf, signal.audit_witness",
    );
  },
  "change a line and re-chain": async ({ client, random }) => {
    const id = await changedLeaf(client, random);
    await redigest(client, id);
    const { rows } = await client.query<{ block: string }>(
      "SELECT block::text FROM signal.audit_block_leaf WHERE leaf_id = $1",
      [id],
    );
    await rechain({ client, random, from: Number(rows[0]?.block ?? 1) });
  },
  "date a block otherwise and re-chain": async ({ client, random }) => {
    const number = await pick(client, { table: "audit_block", key: "number", random });
    await client.query(
      "UPDATE signal.audit_block SET sealed_at = sealed_at - interval '1 day' WHERE number = $1",
      [number],
    );
    await rechain({ client, random, from: Number(number) });
  },
};

function mutations(
  table: string,
  key: string,
  changes: Readonly<Record<string, string>>,
): Record<string, TamperAct> {
  return Object.fromEntries(
    Object.entries(changes).map(([column, value]) => [
      `change ${table}.${column}`,
      onOne(table, key, `UPDATE signal.${table} SET ${column} = ${value}`),
    ]),
  );
}

function onOne(table: string, key: string, statement: string): TamperAct {
  return async ({ client, random }) => {
    const { rowCount } = await client.query(`${statement} WHERE ${one(table, key, random)}`);
    if (rowCount !== 1) throw new Error("Nothing was tampered with.");
  };
}

/** A condition that one row of the table meets. */
function one(table: string, key: string, random: Random): string {
  const share = random();
  return `${key} = (SELECT ${key} FROM signal.${table} ORDER BY ${key}
    OFFSET floor(${share} * (SELECT count(*) FROM signal.${table})) LIMIT 1)`;
}

type Pick = { readonly table: string; readonly key: string; readonly random: Random };

async function pick(client: pg.Client, { table, key, random }: Pick): Promise<string> {
  const { rows } = await client.query<{ key: string }>(
    `SELECT ${key}::text AS key FROM signal.${table} WHERE ${one(table, key, random)}`,
  );
  const found = rows[0]?.key;
  if (found === undefined) throw new Error("There is nothing to tamper with.");
  return found;
}

async function two(client: pg.Client, what: Pick): Promise<readonly [string, string]> {
  const a = await pick(client, what);
  for (;;) {
    const b = await pick(client, what);
    if (a !== b) return [a, b];
  }
}

async function freeIdentity(client: pg.Client): Promise<void> {
  await client.query("ALTER TABLE signal.audit_leaf ALTER COLUMN id SET GENERATED BY DEFAULT");
}

async function changedLeaf(client: pg.Client, random: Random): Promise<string> {
  const id = await pick(client, { table: "audit_leaf", key: "id", random });
  const columns = Object.entries(leafChanges).filter(([column]) => column !== "digest");
  const [column, value] = columns[wholeBelow(random, columns.length)] ?? ["", ""];
  await client.query(`UPDATE signal.audit_leaf SET ${column} = ${value} WHERE id = $1`, [id]);
  return id;
}

/** Makes the digest of a line fit what it says now. */
async function redigest(client: pg.Client, id: string): Promise<void> {
  const { rows } = await client.query(
    `SELECT at, actor_kind AS "actorKind", actor_id AS "actorId", action, permission, entity_type AS "entityType",
       entity_id AS "entityId", outcome, detail, request_id AS "requestId" FROM signal.audit_leaf WHERE id = $1`,
    [id],
  );
  await client.query("UPDATE signal.audit_leaf SET digest = $2 WHERE id = $1", [id, leafDigest(rows[0])]);
}

/** A copy of a line under the next number. */
async function insertedLeaf(client: pg.Client, random: Random): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO signal.audit_leaf
       (at, actor_kind, actor_id, action, permission, entity_type, entity_id, outcome, detail, request_id, digest)
     SELECT at, actor_kind, actor_id, action, permission, entity_type, entity_id, outcome, detail, request_id, digest
     FROM signal.audit_leaf WHERE ${one("audit_leaf", "id", random)} RETURNING id::text`,
  );
  return rows[0]?.id ?? "";
}

/** Lists a line at the end of a block; answers with the block's number. */
async function place(client: pg.Client, random: Random, leafId: string): Promise<number> {
  const block = await pick(client, { table: "audit_block", key: "number", random });
  await client.query(
    `INSERT INTO signal.audit_block_leaf (leaf_id, block, position)
     SELECT $1, $2::bigint, count(*) FROM signal.audit_block_leaf WHERE block = $2::bigint`,
    [leafId, block],
  );
  return Number(block);
}

async function swap(
  client: pg.Client,
  columns: readonly string[],
  [a, b]: readonly [string, string],
): Promise<void> {
  const set = columns.map((column) => `${column} = other.${column}`).join(", ");
  await client.query(
    `UPDATE signal.audit_leaf mine SET ${set} FROM signal.audit_leaf other
     WHERE (mine.id = $1 AND other.id = $2) OR (mine.id = $2 AND other.id = $1)`,
    [a, b],
  );
}

async function deleteBlocks(client: pg.Client, which: string): Promise<void> {
  await client.query(
    `DELETE FROM signal.audit_leaf WHERE id IN (SELECT leaf_id FROM signal.audit_block_leaf WHERE block ${which})`,
  );
  await client.query(`DELETE FROM signal.audit_block_leaf WHERE block ${which}`);
  await client.query(`DELETE FROM signal.audit_block WHERE number ${which}`);
}

/**
 * Recomputes counts, roots, links and hashes from a block on, as somebody would who knows how it is done but has not the
 * key: with the old signatures, with nonsense, or with a key of their own.
 */
async function rechain(io: {
  readonly client: pg.Client;
  readonly random: Random;
  readonly from: number;
}): Promise<void> {
  const { client, from } = io;
  const signature = forgery(wholeBelow(io.random, 3));
  let previous = genesisLink;
  for (const { block, leaves } of await readBlocks(client)) {
    if (block.number >= from) {
      const ids = leaves.map(({ id }) => BigInt(id)).sort((a, b) => (a < b ? -1 : 1));
      const content = {
        ...block,
        leafCount: leaves.length,
        firstId: String(ids[0] ?? block.firstId),
        lastId: String(ids.at(-1) ?? block.lastId),
        root: merkleRoot(leaves.map(sealedLeaf)),
        previous,
      };
      const hash = blockHash(content);
      const forged = { ...content, hash, signature: signature({ ...content, hash }) };
      await writeBlock(client, forged);
      previous = blockLink(forged);
    } else previous = blockLink(block);
  }
}

function forgery(kind: number): (block: AuditBlock) => Buffer {
  if (kind === 0) return ({ signature }) => signature;
  if (kind === 1) return () => randomBytes(64);
  return ({ hash }) => sign(null, hash, attacker.privateKey);
}

type Read = {
  readonly block: AuditBlock;
  readonly leaves: { readonly id: string; readonly digest: Buffer }[];
};

async function readBlocks(client: pg.Client): Promise<readonly Read[]> {
  const blocks: Read[] = [];
  for await (const parts of readTrail(client, { first: 1, last: Number.MAX_SAFE_INTEGER })) {
    for (const part of parts) {
      if (part.kind === "block") blocks.push({ block: part.block, leaves: [] });
      else
        blocks
          .at(-1)
          ?.leaves.push({ id: part.listed.id, digest: part.listed.leaf?.digest ?? Buffer.alloc(32) });
    }
  }
  return blocks;
}

async function writeBlock(client: pg.Client, block: AuditBlock): Promise<void> {
  await client.query(
    `UPDATE signal.audit_block SET leaf_count = $2, first_id = $3, last_id = $4, root = $5, previous = $6, hash = $7,
       signature = $8 WHERE number = $1`,
    [
      block.number,
      block.leafCount,
      block.firstId,
      block.lastId,
      block.root,
      block.previous,
      block.hash,
      block.signature,
    ],
  );
}

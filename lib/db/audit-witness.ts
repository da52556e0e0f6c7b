import type pg from "pg";
import type { AuditBlock } from "@/lib/core/audit/block";
import { readLastBlock } from "./audit-seal";
import { database } from "./client";
import { putSetting } from "./settings";
import { inTransaction } from "./transaction";

/** A head that was written to the witness file. */
export type WitnessRow = { readonly at: Date; readonly number: number; readonly hash: Buffer };

/** Where the trail ends now; undefined when nothing was sealed yet. */
export function readHead(): Promise<AuditBlock | undefined> {
  return readLastBlock(database().pool);
}

/** Notes that a head stands in the witness file. */
export async function recordWitness(row: WitnessRow): Promise<void> {
  await database().pool.query("INSERT INTO signal.audit_witness (at, number, hash) VALUES ($1, $2, $3)", [
    row.at,
    row.number,
    row.hash,
  ]);
}

/** The head that was witnessed last. */
export async function readLastWitness(): Promise<WitnessRow | undefined> {
  const [row] = await readWitnesses(database().pool, "ORDER BY id DESC LIMIT 1");
  return row;
}

/** Every witnessed head, oldest first. */
export function readAllWitnesses(client: Pick<pg.ClientBase, "query">): Promise<readonly WitnessRow[]> {
  return readWitnesses(client, "ORDER BY id");
}

async function readWitnesses(
  client: Pick<pg.ClientBase, "query">,
  order: string,
): Promise<readonly WitnessRow[]> {
  const { rows } = await client.query<Omit<WitnessRow, "number"> & { number: string }>(
    `SELECT at, number::text, hash FROM signal.audit_witness ${order}`,
  );
  return rows.map((row) => ({ ...row, number: Number(row.number) }));
}

/** The head that went out by e-mail last, and when. */
export type MailedHead = Pick<WitnessRow, "at" | "number">;

/** The setting that holds the number of the block that went out last. */
export const LAST_MAILED = "audit-witness-mailed";

export async function readLastMailed(): Promise<MailedHead | undefined> {
  const { rows } = await database().pool.query<{ at: Date; number: string }>(
    "SELECT updated_at AS at, value #>> '{}' AS number FROM public.setting WHERE key = $1",
    [LAST_MAILED],
  );
  const [row] = rows;
  return row && { at: row.at, number: Number(row.number) };
}

export async function recordMailed({ at, number }: MailedHead): Promise<void> {
  await inTransaction((tx) => putSetting(tx, { key: LAST_MAILED, value: number, now: at }));
}

import type { ResealedTable } from "@/lib/core/sealed/schema";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** A sealed row: `place` holds the values of its key as text, in the order of the table's key. */
export type SealedRow = {
  readonly rowId: string;
  readonly place: readonly string[];
  readonly keyId: string;
  readonly bytes: Buffer;
};

const layouts: Readonly<
  Record<ResealedTable, { readonly table: string; readonly place: string; readonly bytes: string }>
> = {
  source_secret: { table: "public.source_secret", place: "source_id::text, name", bytes: "ciphertext" },
  totp_factor: { table: "public.totp_factor", place: "user_id::text", bytes: "ciphertext" },
  dead_letter: { table: "signal.dead_letter", place: "id::text", bytes: "payload" },
  patient_key: { table: "signal.patient_key", place: "id::text", bytes: "sealed" },
  notice_channel: { table: "signal.notice_channel", place: "id::text", bytes: "sealed" },
};

/** Rows of a table that another key than `keyId` seals, held until the transaction ends; at most `limit`. */
export async function lockRowsOfOtherKeys(
  tx: Transaction,
  ask: { readonly table: ResealedTable; readonly keyId: string; readonly limit: number },
): Promise<readonly SealedRow[]> {
  const { table, place, bytes } = layouts[ask.table];
  const rows = await tx.$queryRawUnsafe<
    readonly (Omit<SealedRow, "bytes"> & { readonly bytes: Uint8Array })[]
  >(
    `SELECT ctid::text AS "rowId", ARRAY[${place}] AS place, key_id AS "keyId", ${bytes} AS bytes
     FROM ${table} WHERE key_id <> $1 LIMIT $2 FOR UPDATE SKIP LOCKED`,
    ask.keyId,
    ask.limit,
  );
  return rows.map((row) => ({ ...row, bytes: Buffer.from(row.bytes) }));
}

/** Puts other bytes and their key into a row that this transaction holds. */
export async function replaceSealed(
  tx: Transaction,
  row: {
    readonly table: ResealedTable;
    readonly rowId: string;
    readonly keyId: string;
    readonly bytes: Buffer;
  },
): Promise<void> {
  const { table, bytes } = layouts[row.table];
  await tx.$executeRawUnsafe(
    `UPDATE ${table} SET key_id = $2, ${bytes} = $3 WHERE ctid = $1::tid`,
    row.rowId,
    row.keyId,
    new Uint8Array(row.bytes),
  );
}

/** Only one rotates the keys at a time: others wait until this transaction ends. */
export async function lockKeys(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signalbox.keys'))`;
}

/** How many rows of the database each key seals; tables whose rows keep their first key included. */
export async function countRowsByKey(): Promise<ReadonlyMap<string, number>> {
  const { rows } = await database().pool.query<{ keyId: string; rows: number }>(
    `SELECT key_id AS "keyId", sum(n)::float8 AS rows FROM (
       SELECT key_id, count(*) AS n FROM public.source_secret GROUP BY 1
       UNION ALL SELECT key_id, count(*) FROM public.totp_factor GROUP BY 1
       UNION ALL SELECT key_id, count(*) FROM signal.dead_letter GROUP BY 1
       UNION ALL SELECT key_id, count(*) FROM signal.patient_key GROUP BY 1
       UNION ALL SELECT key_id, count(*) FROM signal.notice_channel GROUP BY 1
       UNION ALL SELECT key_id, count(*) FROM signal.external_audit_event WHERE key_id IS NOT NULL GROUP BY 1
     ) AS counted GROUP BY 1`,
  );
  return new Map(rows.map((row) => [row.keyId, row.rows]));
}

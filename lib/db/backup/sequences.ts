import type pg from "pg";
import { quoted } from "./tables";

type OwnedSequence = {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly sequence: string;
  readonly last: string | null;
};

/** The last number that each sequence has given out, by `schema.sequence`; sequences never used are left out. */
export async function readSequences(client: pg.ClientBase): Promise<Record<string, string>> {
  const sequences = await ownedSequences(client);
  return Object.fromEntries(
    sequences.flatMap(({ schema, sequence, last }) =>
      last === null ? [] : [[`${schema}.${sequence}`, last]],
    ),
  );
}

/**
 * Lets every sequence go on after the numbers that were given out when the backup was taken, and after the highest
 * restored. A number must never come twice, even where its row is gone: facts may still refer to it.
 */
export async function restoreSequences(
  client: pg.ClientBase,
  lastGiven: Readonly<Record<string, string>>,
): Promise<void> {
  for (const { schema, table, column, sequence } of await ownedSequences(client)) {
    await client.query(
      `SELECT setval($1::regclass, greatest($2::bigint, (SELECT max(${quoted(column)}) FROM ${quoted(schema)}.${quoted(table)}), 0) + 1, false)`,
      [`${quoted(schema)}.${quoted(sequence)}`, lastGiven[`${schema}.${sequence}`] ?? null],
    );
  }
}

/** Sequences behind serial (`a`) and identity (`i`) columns; each lies in the schema of its table. */
async function ownedSequences(client: pg.ClientBase): Promise<readonly OwnedSequence[]> {
  const { rows } = await client.query<OwnedSequence>(
    `SELECT n.nspname AS schema, t.relname AS table, a.attname AS column, s.relname AS sequence,
            pg_sequence_last_value(s.oid)::text AS last
     FROM pg_depend d
     JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
     JOIN pg_class t ON t.oid = d.refobjid
     JOIN pg_namespace n ON n.oid = t.relnamespace AND n.oid = s.relnamespace
     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
     WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
       AND n.nspname IN ('public', 'signal', 'clinical')`,
  );
  return rows;
}

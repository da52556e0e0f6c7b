import type pg from "pg";
import type { TableHeader } from "@/lib/core/backup/format";

/** A table that holds state; `partitionKey` names the time column of a table in partitions. */
export type StateTable = Omit<TableHeader, "days"> & { readonly partitionKey: string | undefined };

/** Made by the migrator, or meaningful for seconds only: neither part of a backup nor emptied by a restore. */
const notState = ["public._prisma_migrations", "signal.lease", "signal.rate_limit"];

/** Sign-ins, set-up links, invitations, access tokens, wall boards, links in notices. A restore must not bring back what was ended since: it empties these tables instead. */
const notKept = [
  "public.session",
  "public.setup_link",
  "public.invitation",
  "public.client_access",
  "public.passkey_challenge",
  "public.display",
  "signal.notice_link",
];

type TableRow = {
  readonly schema: "public" | "signal" | "clinical";
  readonly name: string;
  readonly columns: string[];
  readonly partition_key: string | null;
};

/** Every table that holds state, referenced ones before those that refer to them. */
export async function stateTables(client: pg.ClientBase): Promise<readonly StateTable[]> {
  const { rows } = await client.query<TableRow>(
    `SELECT n.nspname AS schema, c.relname AS name,
            array_agg(a.attname::text ORDER BY a.attnum) AS columns,
            substring(pg_get_partkeydef(c.oid) FROM 'RANGE \\((\\w+)\\)') AS partition_key
     FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE n.nspname IN ('public', 'signal', 'clinical') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND n.nspname || '.' || c.relname <> ALL ($1)
     GROUP BY n.nspname, c.relname, c.oid
     ORDER BY n.nspname, c.relname`,
    [notState],
  );
  const tables = rows.map(({ partition_key, ...table }) => ({
    ...table,
    partitionKey: partition_key ?? undefined,
  }));
  return inReferenceOrder(tables, await references(client));
}

/** Whether the rows of a table are part of a backup. */
export function isKept(table: Pick<TableHeader, "schema" | "name">): boolean {
  return !notKept.includes(nameOf(table));
}

/** `schema.table`. */
export function nameOf(table: Pick<TableHeader, "schema" | "name">): string {
  return `${table.schema}.${table.name}`;
}

/** `"schema"."table"`, for names that come from the catalogue. */
export function qualified(table: Pick<TableHeader, "schema" | "name">): string {
  return `${quoted(table.schema)}.${quoted(table.name)}`;
}

export function columnList(table: Pick<TableHeader, "columns">): string {
  return table.columns.map(quoted).join(", ");
}

export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

async function references(client: pg.ClientBase): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await client.query<{ child: string; parents: string[] }>(
    `SELECT cn.nspname || '.' || c.relname AS child, array_agg(pn.nspname || '.' || p.relname) AS parents
     FROM pg_constraint k
     JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
     JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
     WHERE k.contype = 'f' GROUP BY 1`,
  );
  return new Map(rows.map((row) => [row.child, row.parents]));
}

function inReferenceOrder(
  tables: readonly StateTable[],
  parentsOf: ReadonlyMap<string, readonly string[]>,
): readonly StateTable[] {
  const byName = new Map(tables.map((table) => [nameOf(table), table]));
  const ordered = new Set<StateTable>();
  const place = (table: StateTable) => {
    if (ordered.has(table)) return;
    for (const parent of parentsOf.get(nameOf(table)) ?? []) {
      const found = byName.get(parent);
      if (found !== undefined && found !== table) place(found);
    }
    ordered.add(table);
  };
  for (const table of tables) place(table);
  return [...ordered];
}

import type pg from "pg";
import type { TableHeader } from "@/lib/core/backup/format";

/** Short-lived or made by the migrator: not part of a backup. */
const leftOut = ["public._prisma_migrations", "signal.lease", "signal.rate_limit"];

type TableRow = {
  readonly schema: "public" | "signal";
  readonly name: string;
  readonly columns: string[];
  readonly partition_key: string | null;
};

/** Every table that holds state, referenced ones before those that refer to them. */
export async function stateTables(client: pg.ClientBase): Promise<readonly TableHeader[]> {
  const { rows } = await client.query<TableRow>(
    `SELECT n.nspname AS schema, c.relname AS name,
            array_agg(a.attname::text ORDER BY a.attnum) AS columns,
            substring(pg_get_partkeydef(c.oid) FROM 'RANGE \\((\\w+)\\)') AS partition_key
     FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE n.nspname IN ('public', 'signal') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND n.nspname || '.' || c.relname <> ALL ($1)
     GROUP BY n.nspname, c.relname, c.oid
     ORDER BY n.nspname, c.relname`,
    [leftOut],
  );
  const tables: TableHeader[] = [];
  for (const row of rows) {
    const days = row.partition_key === null ? undefined : await daysOf(client, row, row.partition_key);
    tables.push({ schema: row.schema, name: row.name, columns: row.columns, ...(days ? { days } : {}) });
  }
  return inReferenceOrder(tables, await references(client));
}

/** `"schema"."table"`, for names that come from the catalogue. */
export function qualified(table: Pick<TableHeader, "schema" | "name">): string {
  return `"${table.schema}"."${table.name.replaceAll('"', '""')}"`;
}

export function columnList(table: Pick<TableHeader, "columns">): string {
  return table.columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(", ");
}

async function daysOf(client: pg.ClientBase, table: TableRow, key: string) {
  const { rows } = await client.query<{ from: string | null; to: string | null }>(
    `SELECT to_char(min("${key}"), 'YYYY-MM-DD') AS from, to_char(max("${key}"), 'YYYY-MM-DD') AS to
     FROM ${qualified(table)}`,
  );
  const range = rows[0];
  return range?.from && range.to ? { from: range.from, to: range.to } : undefined;
}

async function references(client: pg.ClientBase): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await client.query<{ child: string; parents: string[] }>(
    `SELECT conrelid::regclass::text AS child, array_agg(confrelid::regclass::text) AS parents
     FROM pg_constraint WHERE contype = 'f' GROUP BY 1`,
  );
  return new Map(rows.map((row) => [bare(row.child), row.parents.map(bare)]));
}

/** regclass prints quotes and leaves the schema out where the search path finds the table. */
function bare(regclass: string): string {
  return regclass.replaceAll('"', "").replace(/^public\./, "");
}

function inReferenceOrder(
  tables: readonly TableHeader[],
  parentsOf: ReadonlyMap<string, readonly string[]>,
): readonly TableHeader[] {
  const byName = new Map(tables.map((table) => [nameOf(table), table]));
  const ordered = new Set<TableHeader>();
  const place = (table: TableHeader) => {
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

function nameOf(table: TableHeader): string {
  return table.schema === "public" ? table.name : `${table.schema}.${table.name}`;
}

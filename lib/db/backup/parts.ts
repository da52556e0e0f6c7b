import type pg from "pg";
import type { TableHeader } from "@/lib/core/backup/format";
import { columnList, isKept, qualified, quoted, type StateTable, stateTables } from "./tables";

/** What is copied at once: a table, or one partition of it. `select` gives its rows in the columns of `header`. */
export type Part = { readonly header: TableHeader; readonly select: string };

/** Everything a backup holds, referenced tables before those that refer to them, old partitions before young ones. */
export async function listParts(client: pg.ClientBase): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const table of (await stateTables(client)).filter(isKept)) {
    parts.push(
      ...(table.partitionKey === undefined ? [wholeTable(table)] : await partitionsOf(client, table)),
    );
  }
  return parts;
}

function wholeTable(table: StateTable): Part {
  const { schema, name, columns } = table;
  return {
    header: { schema, name, columns },
    select: `SELECT ${columnList(table)} FROM ${qualified(table)}`,
  };
}

type BoundsRow = { readonly from: string; readonly to: string; readonly last: string };

/** Partitions end at midnight UTC. Rows are asked from the parent: the app role has no rights on a partition itself. */
async function partitionsOf(client: pg.ClientBase, table: StateTable): Promise<readonly Part[]> {
  const { rows } = await client.query<BoundsRow>(
    `SELECT bounds.from_day AS "from", bounds.to_day AS "to", (bounds.to_day::date - 1)::text AS last
     FROM pg_inherits i
     JOIN pg_class c ON c.oid = i.inhrelid
     CROSS JOIN LATERAL (
       SELECT substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \\(''(\\d{4}-\\d{2}-\\d{2})') AS from_day,
              substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \\(''(\\d{4}-\\d{2}-\\d{2})') AS to_day) AS bounds
     WHERE i.inhparent = $1::regclass
     ORDER BY 1`,
    [qualified(table)],
  );
  const key = quoted(table.partitionKey ?? "");
  const { schema, name, columns } = table;
  return rows.map(({ from, to, last }) => ({
    header: { schema, name, columns, days: { from, to: last } },
    select: `SELECT ${columnList(table)} FROM ${qualified(table)}
             WHERE ${key} >= '${from} 00:00:00+00' AND ${key} < '${to} 00:00:00+00'`,
  }));
}

import { once } from "node:events";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import type { BackupManifest, BackupRecord, TableHeader } from "@/lib/core/backup/format";
import { AppError } from "@/lib/core/errors";
import { auditInsert } from "../audit";
import { columnList, qualified, stateTables } from "./tables";

type LoadRequest = {
  readonly ownerUrl: string;
  readonly records: AsyncIterable<BackupRecord>;
  /** Written in the same transaction: the hold on everything that sends, and who restored. */
  readonly hold?: { readonly since: Date; readonly audit: AuditLeaf };
};

/**
 * Replaces the whole state of a database by a backup, in one transaction: all of it, or nothing.
 * @throws AppError bad_request when the backup does not fit this version or is incomplete
 */
export async function loadDatabase(request: LoadRequest): Promise<BackupManifest> {
  const client = new pg.Client({ connectionString: request.ownerUrl, options: "-c timezone=UTC" });
  await client.connect();
  try {
    await client.query("BEGIN");
    const known = await stateTables(client);
    await client.query(`TRUNCATE ${known.map(qualified).join(", ")}`);
    const manifest = await loadRecords(client, { records: request.records, known });
    await restoreSequences(client);
    if (request.hold !== undefined) await holdSending(client, request.hold);
    await client.query("COMMIT");
    return manifest;
  } finally {
    await client.end();
  }
}

async function loadRecords(
  client: pg.Client,
  from: { readonly records: AsyncIterable<BackupRecord>; readonly known: readonly TableHeader[] },
): Promise<BackupManifest> {
  let copy: ReturnType<typeof copyFrom> | undefined;
  let manifest: BackupManifest | undefined;
  const loaded: Record<string, number> = {};
  let current = "";
  const finish = async () => {
    if (copy === undefined) return;
    copy.end();
    await once(copy, "finish");
    loaded[current] = copy.rowCount;
    copy = undefined;
  };
  for await (const record of from.records) {
    switch (record.kind) {
      case "table":
        await finish();
        current = `${record.table.schema}.${record.table.name}`;
        copy = await beginTable(client, { table: record.table, known: from.known });
        break;
      case "rows":
        if (copy === undefined) throw unfit("rows stand before their table");
        if (!copy.write(record.bytes)) await once(copy, "drain");
        break;
      case "manifest":
        await finish();
        manifest = record.manifest;
        break;
    }
  }
  if (manifest === undefined) throw unfit("its manifest is missing");
  const short = Object.entries(manifest.rows).find(([name, rows]) => loaded[name] !== rows);
  if (short !== undefined) throw unfit("a table has another number of rows than its manifest says");
  return manifest;
}

async function beginTable(
  client: pg.Client,
  of: { readonly table: TableHeader; readonly known: readonly TableHeader[] },
): Promise<ReturnType<typeof copyFrom>> {
  const here = of.known.find(({ schema, name }) => schema === of.table.schema && name === of.table.name);
  if (here === undefined || of.table.columns.some((column) => !here.columns.includes(column))) {
    throw unfit("it holds a table or column that this version does not know");
  }
  if (of.table.days !== undefined) {
    await client.query("SELECT signal.ensure_partitions($1, $2, $3)", [
      of.table.name,
      of.table.days.from,
      of.table.days.to,
    ]);
  }
  return client.query(copyFrom(`COPY ${qualified(of.table)} (${columnList(of.table)}) FROM STDIN`));
}

/** Identity and serial columns go on after the highest value that was restored. */
async function restoreSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS table, a.attname AS column,
            pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) AS sequence
     FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE n.nspname IN ('public', 'signal') AND c.relkind = 'r' AND NOT c.relispartition
       AND pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) IS NOT NULL`,
  );
  for (const row of rows) {
    await client.query(
      `SELECT setval($1, coalesce((SELECT max("${row.column}") FROM ${row.table}), 0) + 1, false)`,
      [row.sequence],
    );
  }
}

async function holdSending(client: pg.Client, hold: NonNullable<LoadRequest["hold"]>): Promise<void> {
  await client.query(
    `INSERT INTO public.setting (key, value) VALUES ('sendingHold', $1)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`,
    [JSON.stringify({ since: hold.since.toISOString(), reason: "restore" })],
  );
  const insert = auditInsert(hold.audit);
  await client.query(insert.text, [...insert.values]);
}

function unfit(what: string): AppError {
  return new AppError("bad_request", "The backup does not fit this installation.", { info: { what } });
}

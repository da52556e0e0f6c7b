import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import {
  type BackupManifest,
  type BackupRecord,
  encodeRecord,
  type TableHeader,
} from "@/lib/core/backup/format";
import { database } from "../client";
import { columnList, qualified, stateTables } from "./tables";
import { randomDayTotals } from "./totals";

/** What a dump has written, filled in as it goes. */
export type DumpProgress = { manifest?: BackupManifest };

/**
 * The whole state of the product as backup records, read in one snapshot (REPEATABLE READ) while everything goes on.
 * Memory stays bounded: rows are passed on as Postgres sends them.
 */
export async function* dumpDatabase(ask: {
  readonly now: Date;
  readonly totals: number;
  readonly progress: DumpProgress;
}): AsyncGenerator<Buffer> {
  const client = await database().pool.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query("SET LOCAL statement_timeout = 0");
    await client.query("SET LOCAL idle_in_transaction_session_timeout = 0");
    const rows: Record<string, number> = {};
    for (const table of await stateTables(client)) {
      yield encodeRecord({ kind: "table", table });
      rows[`${table.schema}.${table.name}`] = yield* dumpTable(client, table);
    }
    const manifest: BackupManifest = {
      createdAt: ask.now.toISOString(),
      migrations: await appliedMigrations(client),
      rows,
      totals: await randomDayTotals(client, ask.totals),
    };
    ask.progress.manifest = manifest;
    yield encodeRecord({ kind: "manifest", manifest } satisfies BackupRecord);
    await client.query("COMMIT");
  } finally {
    // Given back for destruction: an abandoned dump leaves a COPY half read on its connection.
    client.release(true);
  }
}

async function* dumpTable(client: pg.PoolClient, table: TableHeader): AsyncGenerator<Buffer, number> {
  const stream = client.query(
    copyTo(`COPY (SELECT ${columnList(table)} FROM ${qualified(table)}) TO STDOUT`),
  );
  for await (const bytes of stream) yield encodeRecord({ kind: "rows", bytes: Buffer.from(bytes) });
  return stream.rowCount;
}

async function appliedMigrations(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM public._prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name",
  );
  return rows.map((row) => row.migration_name);
}

import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { type BackupManifest, encodeRecord } from "@/lib/core/backup/format";
import { database } from "../client";
import { appliedMigrations } from "./migrations";
import { listParts, type Part } from "./parts";
import { readSequences } from "./sequences";
import { isKept, nameOf, stateTables } from "./tables";
import { randomDayTotals } from "./totals";

/** What a dump has written, filled in as it goes. */
export type DumpProgress = { manifest?: BackupManifest };

/**
 * The whole state of the product as backup records, all of one moment, while everything goes on. One transaction holds
 * the moment; each table or partition is read at that moment in a short transaction of its own, so that no lock lasts
 * and partitions can be made and dropped meanwhile. Memory stays bounded: rows are passed on as Postgres sends them.
 */
export async function* dumpDatabase(ask: {
  readonly now: Date;
  readonly totals: number;
  readonly progress: DumpProgress;
}): AsyncGenerator<Buffer> {
  const keeper = await database().pool.connect();
  const reader = await database().pool.connect();
  try {
    const moment = await exportMoment(keeper);
    const head = await readAt(reader, moment, async () => ({
      migrations: await appliedMigrations(reader),
      parts: await listParts(reader),
      tables: (await stateTables(reader)).filter(isKept),
    }));
    const { parts, tables, migrations } = head;
    yield encodeRecord({ kind: "head", head: { format: 1, createdAt: ask.now.toISOString(), migrations } });
    const rows = Object.fromEntries(tables.map((table) => [nameOf(table), 0]));
    for (const part of parts) {
      const name = nameOf(part.header);
      rows[name] = (rows[name] ?? 0) + (yield* dumpPart(reader, moment, part));
    }
    const manifest = await readAt(reader, moment, async () => ({
      rows,
      sequences: await readSequences(reader),
      totals: await randomDayTotals(reader, ask.totals),
    }));
    ask.progress.manifest = manifest;
    yield encodeRecord({ kind: "manifest", manifest });
  } finally {
    // Given back for destruction: an abandoned dump leaves a COPY half read on its connection.
    reader.release(true);
    keeper.release(true);
  }
}

async function exportMoment(keeper: pg.PoolClient): Promise<string> {
  await keeper.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await keeper.query("SET LOCAL idle_in_transaction_session_timeout = 0");
  const { rows } = await keeper.query<{ moment: string }>("SELECT pg_export_snapshot() AS moment");
  return rows[0]?.moment ?? "";
}

async function beginAt(reader: pg.PoolClient, moment: string): Promise<void> {
  await reader.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await reader.query(`SET TRANSACTION SNAPSHOT '${moment}'`);
  // A slow disk on the other side is no reason to give up. Text output must not depend on the server's settings.
  await reader.query(
    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'iso_8601'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'",
  );
}

async function readAt<T>(reader: pg.PoolClient, moment: string, work: () => Promise<T>): Promise<T> {
  await beginAt(reader, moment);
  const result = await work();
  await reader.query("COMMIT");
  return result;
}

/** Parts without rows are left out. */
async function* dumpPart(reader: pg.PoolClient, moment: string, part: Part): AsyncGenerator<Buffer, number> {
  await beginAt(reader, moment);
  const stream = reader.query(copyTo(`COPY (${part.select}) TO STDOUT`));
  let isBegun = false;
  for await (const bytes of stream) {
    if (!isBegun) yield encodeRecord({ kind: "table", table: part.header });
    isBegun = true;
    yield encodeRecord({ kind: "rows", bytes: Buffer.from(bytes) });
  }
  await reader.query("COMMIT");
  return stream.rowCount;
}

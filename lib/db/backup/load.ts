import pg from "pg";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import type { BackupHead, BackupManifest, BackupRecord, TableHeader } from "@/lib/core/backup/format";
import { backupRequestKey } from "@/lib/core/backup/schema";
import { AppError } from "@/lib/core/errors";
import { auditInsert } from "../audit";
import { beginCopyIn, type CopyIn } from "./copy-in";
import { appliedMigrations } from "./migrations";
import { restoreSequences } from "./sequences";
import { columnList, isKept, nameOf, qualified, type StateTable, stateTables } from "./tables";

type LoadRequest = {
  readonly ownerUrl: string;
  readonly records: AsyncIterable<BackupRecord>;
  /** Written in the same transaction: the hold on everything that sends, and who restored. */
  readonly hold?: { readonly since: Date; readonly audit: (head: BackupHead) => AuditLeaf };
};

/** Postgres' lock_not_available: something else uses the tables. */
const lockNotAvailable = "55P03";

/**
 * Replaces the whole state of a database by a backup, in one transaction: all of it, or nothing. Sign-ins end.
 * @throws AppError bad_request when the backup does not fit this version or is incomplete, conflict when the database
 * is in use
 */
export async function loadDatabase(request: LoadRequest): Promise<BackupManifest> {
  const client = new pg.Client({ connectionString: request.ownerUrl, options: "-c timezone=UTC" });
  // A connection that breaks fails the statement that waits for it; without a listener the process would end.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL lock_timeout = '10s'; SET LOCAL statement_timeout = 0");
    const { head, manifest } = await loadRecords(client, request.records);
    await restoreSequences(client, manifest.sequences);
    if (request.hold !== undefined) await holdSending(client, { ...request.hold, head });
    await client.query("COMMIT");
    if (request.hold !== undefined) await client.query("ANALYZE").catch(() => undefined);
    return manifest;
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    throw new AppError("conflict", "The database is in use. Stop everything that uses it, then restore.", {
      cause: error,
    });
  } finally {
    await client.end();
  }
}

/** A load under way. */
type Loading = {
  readonly client: pg.Client;
  readonly known: readonly StateTable[];
  /** Rows loaded so far, by `schema.table`. */
  readonly loaded: Record<string, number>;
  current: { readonly name: string; readonly copy: CopyIn } | undefined;
};

async function loadRecords(
  client: pg.Client,
  records: AsyncIterable<BackupRecord>,
): Promise<{ readonly head: BackupHead; readonly manifest: BackupManifest }> {
  const loading: Loading = { client, known: await stateTables(client), loaded: {}, current: undefined };
  let head: BackupHead | undefined;
  let manifest: BackupManifest | undefined;
  for await (const record of records) {
    if ((head === undefined) !== (record.kind === "head") || manifest !== undefined) {
      throw unfit("its records stand in the wrong order");
    }
    switch (record.kind) {
      case "head":
        head = record.head;
        await checkMigrations(client, head);
        await client.query(`TRUNCATE ${loading.known.map(qualified).join(", ")}`);
        break;
      case "table":
        await finishTable(loading);
        await beginTable(loading, record.table);
        break;
      case "rows":
        if (loading.current === undefined) throw unfit("rows stand before their table");
        await loading.current.copy.write(record.bytes);
        break;
      case "manifest":
        await finishTable(loading);
        manifest = record.manifest;
        break;
    }
  }
  if (head === undefined || manifest === undefined) throw unfit("its manifest is missing");
  checkRows(loading, manifest);
  return { head, manifest };
}

async function checkMigrations(client: pg.Client, head: BackupHead): Promise<void> {
  const here = await appliedMigrations(client);
  if (here.join() === head.migrations.join()) return;
  throw new AppError(
    "bad_request",
    "The backup was made by another release. Restore it with that release, then start this one.",
    { info: { backup: head.migrations.at(-1) ?? "", installed: here.at(-1) ?? "" } },
  );
}

async function beginTable(loading: Loading, table: TableHeader): Promise<void> {
  const here = loading.known.find((known) => nameOf(known) === nameOf(table));
  if (here === undefined || !isKept(here) || table.columns.some((column) => !here.columns.includes(column))) {
    throw unfit("it holds a table or column that this release does not know");
  }
  if (table.days !== undefined) {
    await loading.client.query("SELECT signal.ensure_partitions($1, $2, $3)", [
      table.name,
      table.days.from,
      table.days.to,
    ]);
  }
  const copy = beginCopyIn(loading.client, `COPY ${qualified(table)} (${columnList(table)}) FROM STDIN`);
  loading.current = { name: nameOf(table), copy };
}

async function finishTable(loading: Loading): Promise<void> {
  if (loading.current === undefined) return;
  const { name, copy } = loading.current;
  loading.loaded[name] = (loading.loaded[name] ?? 0) + (await copy.finish());
  loading.current = undefined;
}

/** Every table of this release is accounted for, with the number of rows that was counted when the backup was taken. */
function checkRows({ known, loaded }: Loading, manifest: BackupManifest): void {
  const isShort = known
    .filter(isKept)
    .map(nameOf)
    .some((name) => manifest.rows[name] !== (loaded[name] ?? 0));
  if (isShort) throw unfit("a table has another number of rows than its manifest says");
}

async function holdSending(
  client: pg.Client,
  hold: NonNullable<LoadRequest["hold"]> & { readonly head: BackupHead },
): Promise<void> {
  await client.query(
    `INSERT INTO public.setting (key, value) VALUES ('sendingHold', $1)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`,
    [JSON.stringify({ since: hold.since.toISOString(), reason: "restore" })],
  );
  // A wish for a backup stands while that backup is taken, and so in it: it is fulfilled.
  await client.query("DELETE FROM public.setting WHERE key = $1", [backupRequestKey]);
  const insert = auditInsert(hold.audit(hold.head));
  await client.query(insert.text, [...insert.values]);
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === lockNotAvailable;
}

function unfit(what: string): AppError {
  return new AppError("bad_request", "The backup does not fit this installation.", { info: { what } });
}

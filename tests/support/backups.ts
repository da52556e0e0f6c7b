import { createWriteStream } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { type BackupRecord, encodeRecord } from "@/lib/core/backup/format";
import { sealStream } from "@/lib/crypto/seal-stream";
import { type Database, openDatabase, switchDatabase } from "@/lib/db/client";
import { readBackup } from "@/lib/services/backup/read-backup";
import { withTestDatabase } from "@/tests/support/database";

/** One installation of a test file: its database, the owner's address, its data folder with keys and backups. */
export type Installation = { readonly db: Database; readonly ownerUrl: string; readonly folder: string };

/** Makes an installation, and makes it the one of this process before anything reads the settings. */
export function withInstallation(): () => Installation {
  const place = withTestDatabase();
  let made: Installation | undefined;
  beforeAll(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "signalbox-backups-"));
    await chmod(folder, 0o700);
    process.env["SIGNALBOX_DATA_DIR"] = folder;
    process.env["DATABASE_URL"] = place().appUrl;
    process.env["DATABASE_OWNER_URL"] = place().ownerUrl;
    const db = openDatabase(place().appUrl);
    switchDatabase(db);
    made = { db, ownerUrl: place().ownerUrl, folder };
  });
  afterAll(async () => {
    switchDatabase(undefined);
    await made?.db.close();
    if (made !== undefined) await rm(made.folder, { recursive: true, force: true });
  });
  return () => {
    if (made === undefined) throw new Error("The installation exists only inside tests and hooks.");
    return made;
  };
}

/** Runs statements as the owner and answers with the rows of the last. */
export async function asOwner<Row extends pg.QueryResultRow>(
  { ownerUrl }: Installation,
  ...statements: readonly string[]
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: ownerUrl, options: "-c timezone=UTC" });
  await client.connect();
  try {
    let rows: readonly Row[] = [];
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** What every table holds: its number of rows and a digest of them, by `schema.table`. Knows nothing of backups. */
export async function contents(
  installation: Installation,
): Promise<Readonly<Record<string, { readonly rows: number; readonly digest: string }>>> {
  const tables = await asOwner<{ name: string }>(
    installation,
    `SELECT n.nspname || '.' || quote_ident(c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'signal', 'clinical') AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
  );
  const counts = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*)::int AS rows,
         md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) AS digest FROM ${name} t`,
  );
  const found = await asOwner<{ name: string; rows: number; digest: string }>(
    installation,
    counts.join(" UNION ALL "),
  );
  return Object.fromEntries(found.map(({ name, rows, digest }) => [name, { rows, digest }]));
}

/** The same backup with other records, sealed with the right key: what only a person with the keys file could make. */
export async function repack(
  file: string,
  change: (record: BackupRecord) => readonly BackupRecord[],
): Promise<string> {
  const target = `${file}.changed`;
  async function* bytes() {
    for await (const record of readBackup(file)) yield* change(record).map(encodeRecord);
  }
  await pipeline(
    Readable.from(bytes()),
    createGzip(),
    (source: AsyncIterable<Uint8Array>) => sealStream(source),
    createWriteStream(target),
  );
  return target;
}

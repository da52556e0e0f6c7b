import { randomUUID } from "node:crypto";
import pg from "pg";
import { AppError } from "@/lib/core/errors";
import { applyGrants } from "@/lib/db/grants";
import { checksumMatches, type MigrationFile, readMigrations } from "@/lib/db/migration-files";

/** Prisma's own advisory lock number, so that two starts and `prisma migrate` never run at once. */
const PRISMA_LOCK = 72_707_369;

/** `_prisma_migrations` exactly as Prisma creates it. */
const LEDGER = `CREATE TABLE IF NOT EXISTS public._prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Brings a database to this release: applies the migrations it lacks, each in one transaction, then the rights of the
 * application's role. Keeps Prisma's ledger, so that `prisma migrate status` agrees. Names what it applied.
 * @throws AppError `conflict` when the ledger and the files disagree, `internal` with the migration's name when one fails.
 */
export async function migrate(database: {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly folder?: string;
}): Promise<{ readonly applied: readonly string[] }> {
  const files = await readMigrations(database.folder ?? "prisma/migrations");
  const client = new pg.Client({
    connectionString: database.ownerUrl,
    application_name: "signalbox migrate",
  });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    const pending = await pendingOf(client, files);
    for (const file of pending) await applyOne(client, file);
    await applyGrants(client, database);
    return { applied: pending.map(({ name }) => name) };
  } finally {
    await client.end();
  }
}

type LedgerRow = {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
};

async function pendingOf(
  client: pg.Client,
  files: readonly MigrationFile[],
): Promise<readonly MigrationFile[]> {
  await client.query(LEDGER);
  const { rows } = await client.query<LedgerRow>(
    "SELECT migration_name, checksum, finished_at FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at",
  );
  for (const row of rows) {
    const file = files.find(({ name }) => name === row.migration_name);
    const info = { migration: row.migration_name };
    if (file === undefined) {
      throw new AppError(
        "conflict",
        "The database was made by a newer release: it has a migration this one lacks.",
        { info },
      );
    }
    if (row.finished_at === null) {
      throw new AppError("conflict", "A migration was begun by another tool and not finished.", { info });
    }
    if (!checksumMatches(file, row.checksum)) {
      throw new AppError("conflict", "A migration was changed after it had been applied to this database.", {
        info,
      });
    }
  }
  return files.filter(({ name }) => !rows.some((row) => row.migration_name === name));
}

async function applyOne(client: pg.Client, file: MigrationFile): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(file.sql);
    await client.query(
      `INSERT INTO public._prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), file.checksum, file.name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw new AppError("internal", "A migration failed and was rolled back.", {
      cause,
      info: { migration: file.name },
    });
  }
}

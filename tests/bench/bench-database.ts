import { randomBytes } from "node:crypto";
import pg from "pg";
import { env } from "@/lib/config/env";
import { migrate } from "@/lib/db/migrate";
import { withDatabaseName } from "@/tests/support/database-url";

/** A migrated database of the benchmark's own, on the server that the settings name. */
export type BenchDatabase = {
  readonly appUrl: string;
  readonly ownerUrl: string;
  /** Runs a statement as the owner. */
  readonly asOwner: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly drop: () => Promise<void>;
};

export async function createBenchDatabase(): Promise<BenchDatabase> {
  const { databaseUrl, databaseOwnerUrl } = env();
  if (databaseUrl === undefined || databaseOwnerUrl === undefined) throw new Error("DATABASE_URL is not set");
  const name = `bench_${randomBytes(5).toString("hex")}`;
  const admin = (sql: string) => runOnce(databaseOwnerUrl, sql);
  await admin(`CREATE DATABASE ${name}`);
  const ownerUrl = withDatabaseName(databaseOwnerUrl, name);
  const appUrl = withDatabaseName(databaseUrl, name);
  await migrate({ ownerUrl, appUrl });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  return {
    appUrl,
    ownerUrl,
    asOwner: async (sql) => (await owner.query(sql)).rows,
    drop: async () => {
      await owner.end();
      await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function runOnce(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

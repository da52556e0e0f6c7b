import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { withDatabaseName } from "@/tests/support/database-url";

/** The migrated database that every test database is a copy of. */
export const TEMPLATE = "signalbox_template";

export type TestServer = { readonly ownerUrl: string; readonly appUrl: string };

/** A database of one's own: migrated, empty, with the owner's and the application's connection URL. */
export type TestDatabase = TestServer & { readonly drop: () => Promise<void> };

/** Clones the migrated template. Available in the integration and architecture projects. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject("testServer");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  return {
    ownerUrl: withDatabaseName(server.ownerUrl, name),
    appUrl: withDatabaseName(server.appUrl, name),
    drop: () => dropDatabase(server, name),
  };
}

/**
 * Gives the tests of the surrounding file or `describe` one database, made before the first and dropped after the last.
 * Read the URLs inside tests and hooks: `const database = withTestDatabase(); … connect(database().appUrl)`.
 */
export function withTestDatabase(): () => TestDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database?.drop();
  });
  return () => {
    if (database === undefined) throw new Error("The test database exists only inside tests and hooks.");
    return database;
  };
}

/** The server's own vacuum may be at work in it, which only a superuser may end: it is waited for. */
async function dropDatabase(server: TestServer, name: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await asAdmin(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    } catch (error) {
      if (tries === 10) throw error;
      await setTimeout(500);
    }
  }
}

async function asAdmin(server: TestServer, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabaseName(server.ownerUrl, "postgres") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedDatabase } from "@/lib/db/embedded/start";
import { migrate } from "@/lib/db/migrate";
import { TEMPLATE, type TestServer } from "@/tests/support/database";
import { withDatabaseName } from "@/tests/support/database-url";

declare module "vitest" {
  interface ProvidedContext {
    readonly testServer: TestServer;
  }
}

/**
 * Starts one PostgreSQL for the whole run, with the migrations applied to a template that each test file clones. It
 * gives up crash safety for speed. SIGNALBOX_TEST_POSTGRES_BIN names the programs of another PostgreSQL to test on.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "signalbox-test-"));
  // As root the server runs under another account, which must get through this folder.
  await chmod(dataDir, 0o711);
  const binDir = process.env["SIGNALBOX_TEST_POSTGRES_BIN"];
  const embedded = await startEmbeddedDatabase({ dataDir, binDir, purpose: "test", say: () => undefined });
  const server: TestServer = { ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl };
  await makeTemplate(server);
  project.provide("testServer", server);
  return async () => {
    await embedded.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function makeTemplate(server: TestServer): Promise<void> {
  const admin = new pg.Client({ connectionString: withDatabaseName(server.ownerUrl, "postgres") });
  await admin.connect();
  try {
    await admin.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
    await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  } finally {
    await admin.end();
  }
  await migrate({
    ownerUrl: withDatabaseName(server.ownerUrl, TEMPLATE),
    appUrl: withDatabaseName(server.appUrl, TEMPLATE),
  });
}

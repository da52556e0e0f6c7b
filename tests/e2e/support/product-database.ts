import pg from "pg";
import { startEmbeddedDatabase } from "@/lib/db/embedded/start";
import type { RunningProduct } from "@/tests/support/product";

/** Runs one statement in the database of a running product, past all of its rules: to make time pass. */
export async function runInDatabase(
  product: RunningProduct,
  sql: string,
  values: readonly unknown[] = [],
): Promise<void> {
  const database = await startEmbeddedDatabase({ dataDir: product.dataDir, say: () => undefined });
  const client = new pg.Client({ connectionString: database.ownerUrl });
  try {
    await client.connect();
    await client.query(sql, [...values]);
  } finally {
    await client.end();
    await database.stop();
  }
}

import type pg from "pg";
import { database } from "./client";

/** One transaction on a connection of the fact pool, READ COMMITTED: every statement sees what is committed by then. */
export async function inPoolTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database().pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    const isLost = await client.query("ROLLBACK").then(
      () => false,
      () => true,
    );
    client.release(isLost);
    throw error;
  }
}

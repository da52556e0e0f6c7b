import type pg from "pg";
import { describe, expect, it } from "vitest";
import { isDatabaseAway } from "@/lib/db/is-database-away";
import { inPoolTransaction } from "@/lib/db/pool-transaction";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();

/** The server ends a connection, as it does with all of them when one of its processes crashes. */
async function endConnection(pid: number | undefined): Promise<void> {
  await db().pool.query("SELECT pg_terminate_backend($1)", [pid]);
}

async function pidOf(client: pg.PoolClient | pg.Pool): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]?.pid;
}

describe("a connection that breaks", () => {
  it("between two statements of a transaction fails that transaction, and not the process", async () => {
    const work = inPoolTransaction(async (client) => {
      const broken = new Promise((resolve) => client.once("end", resolve));
      await endConnection(await pidOf(client));
      await broken;
      await client.query("SELECT 1");
    });
    expect(isDatabaseAway(await work.catch((error: unknown) => error))).toBe(true);
    expect(await pidOf(db().pool)).toBeTypeOf("number");
  });

  it("during a statement of Prisma's is told as a database that is away", async () => {
    const waiting = db().prisma.$queryRaw`SELECT pg_sleep(60)`.catch((error: unknown) => error);
    let sleeping: readonly { readonly pid: number }[] = [];
    while (sleeping.length === 0) {
      const text =
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
      sleeping = (await db().pool.query<{ pid: number }>(text)).rows;
    }
    await endConnection(sleeping[0]?.pid);
    expect(isDatabaseAway(await waiting)).toBe(true);
  });
});

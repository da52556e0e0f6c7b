import pg from "pg";
import { env } from "@/lib/config/env";
import { type Database, openDatabase, switchDatabase } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { withDatabaseName } from "@/tests/support/database-url";

/** What the data of the benchmark was made with; kept beside it, so that a second run with the same finds it again. */
export type QueryBenchPlan = {
  readonly messages: number;
  readonly legs: number;
  readonly days: number;
  readonly rows: number;
};

/** The benchmark's own database on the server that the settings name. It is kept: making its data takes minutes. */
export type QueryBenchDatabase = {
  readonly db: Database;
  /** What a process of the product needs in its environment to use it. */
  readonly urls: { readonly DATABASE_URL: string; readonly DATABASE_OWNER_URL: string };
  /** A connection of the owner's without time limits, for making data. */
  readonly owner: pg.Client;
  /** Midnight behind the newest data, once the data of this plan is complete. */
  readonly madeUntil: Date | undefined;
  /** Says that the data of the plan is complete. */
  readonly finish: (madeUntil: Date) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens the database of a benchmark and leaves it to be filled where it does not hold the data of this plan, or `isFresh`. */
export async function openQueryBenchDatabase(
  plan: QueryBenchPlan,
  isFresh: boolean,
  name = "signalbox_bench_query",
): Promise<QueryBenchDatabase> {
  const { databaseUrl, databaseOwnerUrl } = env();
  if (databaseUrl === undefined || databaseOwnerUrl === undefined) throw new Error("DATABASE_URL is not set");
  const urls = {
    ownerUrl: withDatabaseName(databaseOwnerUrl, name),
    appUrl: withDatabaseName(databaseUrl, name),
  };
  let madeUntil = isFresh ? undefined : await readMadeUntil(urls.ownerUrl, plan);
  if (madeUntil === undefined) {
    await once(databaseOwnerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await once(databaseOwnerUrl, `CREATE DATABASE ${name}`);
  }
  await migrate(urls).catch(async (error: unknown) => {
    // Data made by another release cannot be used again.
    madeUntil = undefined;
    await once(databaseOwnerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    throw error;
  });
  const owner = new pg.Client({
    connectionString: urls.ownerUrl,
    options: "-c timezone=UTC -c synchronous_commit=off",
  });
  await owner.connect();
  await owner.query(
    "CREATE TABLE IF NOT EXISTS public.bench_plan (plan text PRIMARY KEY, made_until timestamptz)",
  );
  const db = openDatabase(urls.appUrl);
  switchDatabase(db);
  return {
    db,
    urls: { DATABASE_URL: urls.appUrl, DATABASE_OWNER_URL: urls.ownerUrl },
    owner,
    madeUntil,
    finish: async (until) => {
      await owner.query("INSERT INTO public.bench_plan VALUES ($1, $2)", [JSON.stringify(plan), until]);
    },
    close: async () => {
      await owner.end();
      await db.close();
    },
  };
}

/** Undefined where the database is missing, or holds the data of another plan. */
async function readMadeUntil(url: string, plan: QueryBenchPlan): Promise<Date | undefined> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query("SELECT made_until FROM public.bench_plan WHERE plan = $1", [
      JSON.stringify(plan),
    ]);
    return rows[0]?.made_until;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/config/env";
import { type ProcessKind, processKind } from "@/lib/config/process-kind";
import { AppError } from "@/lib/core/errors";
import { PrismaClient } from "./generated/client";

/** The two ways to the one database: Prisma for configuration and work items, the pool for facts. */
export type Database = {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  close(): Promise<void>;
};

let current: Database | undefined;

/**
 * How long one statement may run, in milliseconds: nobody waits longer for a page, while a job may. Backups, the check of
 * the audit trail and its exports set limits of their own for one transaction, because they read everything.
 */
export const statementLimitsMs: Readonly<Record<ProcessKind, number>> = {
  web: 15_000,
  worker: 60_000,
  cli: 60_000,
};

/** The database of this process, opened from the environment at first use. */
export function database(): Database {
  current ??= openDatabase(urlFromEnvironment());
  return current;
}

/** Makes another database the one of this process; tests give each file its own. */
export function switchDatabase(next: Database | undefined): void {
  current = next;
}

type DatabaseOptions = { readonly maxConnections?: number; readonly statementMs?: number };

/** Opens both clients on one URL of the app role. Dates leave Postgres as instants, bigint as text. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    options: "-c timezone=UTC",
    statement_timeout: options.statementMs ?? statementLimitsMs[processKind()],
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
  });
  // A connection that breaks is replaced at next use, and whoever waits for its answer is told; without a listener the
  // process would end, also for one that is lent out and idle between two statements.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

function urlFromEnvironment(): string {
  const url = env().databaseUrl;
  if (url === undefined) throw new AppError("internal", "DATABASE_URL is not set for this process.");
  return url;
}

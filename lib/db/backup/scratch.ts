import { randomBytes } from "node:crypto";
import pg from "pg";
import { AppError } from "@/lib/core/errors";
import { migrate } from "../migrate";

/** Postgres' insufficient_privilege. */
const insufficientPrivilege = "42501";

const namePattern = "^signalbox_verify_[0-9a-f]{12}$";

/**
 * Runs `work` on a new, migrated database of the same server and drops it afterwards. Such databases that nobody uses,
 * left behind by a process that was killed, are dropped too.
 * @throws AppError not_available when the owner may not create databases
 */
export async function withScratchDatabase<T>(
  urls: { readonly ownerUrl: string; readonly appUrl: string },
  work: (scratchUrl: string) => Promise<T>,
): Promise<T> {
  const name = `signalbox_verify_${randomBytes(6).toString("hex")}`;
  const ownerUrl = withName(urls.ownerUrl, name);
  return withConnection(urls.ownerUrl, async (owner) => {
    await dropAbandoned(owner);
    await createDatabase(owner, name);
    // An open connection marks the database as in use for whoever else cleans up.
    return withConnection(ownerUrl, async () => {
      await migrate({ ownerUrl, appUrl: withName(urls.appUrl, name) });
      return work(ownerUrl);
    }).finally(() => owner.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  });
}

/** Runs `work` on one connection of its own, in UTC. */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, options: "-c timezone=UTC" });
  // A connection that breaks fails the statement that waits for it; without a listener the process would end.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function createDatabase(owner: pg.Client, name: string): Promise<void> {
  try {
    await owner.query(`CREATE DATABASE ${name}`);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === insufficientPrivilege)) throw cause;
    throw new AppError("not_available", "The owner's database role needs CREATEDB to verify a backup.", {
      cause,
    });
  }
}

async function dropAbandoned(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ datname: string }>(
    `SELECT datname FROM pg_database d
     WHERE datname ~ $1 AND pg_has_role(datdba, 'USAGE')
       AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)`,
    [namePattern],
  );
  // Without FORCE: one that has come into use since is left alone.
  for (const { datname } of rows)
    await owner.query(`DROP DATABASE IF EXISTS ${datname}`).catch(() => undefined);
}

function withName(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

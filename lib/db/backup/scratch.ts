import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrate } from "../migrate";

/** Runs `work` on a new, migrated database of the same server and drops it afterwards. */
export async function withScratchDatabase<T>(
  urls: { readonly ownerUrl: string; readonly appUrl: string },
  work: (scratchUrl: string) => Promise<T>,
): Promise<T> {
  const name = `signalbox_verify_${randomBytes(6).toString("hex")}`;
  await runAsOwner(urls.ownerUrl, `CREATE DATABASE ${name}`);
  try {
    const ownerUrl = withName(urls.ownerUrl, name);
    await migrate({ ownerUrl, appUrl: withName(urls.appUrl, name) });
    return await work(ownerUrl);
  } finally {
    await runAsOwner(urls.ownerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

/** Runs `work` on one connection of its own, in UTC. */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, options: "-c timezone=UTC" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function runAsOwner(url: string, sql: string): Promise<void> {
  await withConnection(url, async (client) => {
    await client.query(sql);
  });
}

function withName(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

import { database } from "./client";

/** The right to do one piece of recurring work. `token` rises whenever the holder changes: it fences a former holder. */
export type Lease = { readonly name: string; readonly holder: string; readonly token: string };

/** The fact pool, or a transaction that a fenced write runs in. */
type Queryable = Pick<ReturnType<typeof database>["pool"], "query">;

/**
 * Takes a lease that is free or has run out, for so many milliseconds of the database's clock. Undefined while another
 * holds it. A holder that takes its own lease again keeps its token.
 */
export async function takeLease(ask: {
  readonly name: string;
  readonly holder: string;
  readonly ttlMs: number;
}): Promise<Lease | undefined> {
  const { rows } = await database().pool.query<{ token: string }>(
    `INSERT INTO signal.lease AS l (name, holder, expires_at)
     VALUES ($1, $2, now() + make_interval(secs => $3::float8 / 1000))
     ON CONFLICT (name) DO UPDATE SET
       token = CASE WHEN l.holder = excluded.holder THEN l.token ELSE l.token + 1 END,
       holder = excluded.holder, expires_at = excluded.expires_at
     WHERE l.holder = excluded.holder OR l.expires_at <= now()
     RETURNING token::text`,
    [ask.name, ask.holder, ask.ttlMs],
  );
  const token = rows[0]?.token;
  return token === undefined ? undefined : { name: ask.name, holder: ask.holder, token };
}

/** Prolongs a lease. False when another has taken it since; a lease that ran out and that nobody took is still ours. */
export async function renewLease(lease: Lease, ttlMs: number): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    `UPDATE signal.lease SET expires_at = now() + make_interval(secs => $4::float8 / 1000)
     WHERE name = $1 AND holder = $2 AND token = $3`,
    [lease.name, lease.holder, lease.token, ttlMs],
  );
  return rowCount === 1;
}

/** Gives a lease back at once. The row stays, so that the next holder's token is higher. */
export async function releaseLease(lease: Lease): Promise<void> {
  await database().pool.query(
    "UPDATE signal.lease SET expires_at = now() WHERE name = $1 AND holder = $2 AND token = $3",
    [lease.name, lease.holder, lease.token],
  );
}

/**
 * Whether the lease is still ours, decided inside the caller's transaction: the row stays locked until it ends, so no
 * other holder can come in between. The fence in front of a write that must not come from a former holder.
 */
export async function isLeaseHeld(client: Queryable, lease: Lease): Promise<boolean> {
  const { rowCount } = await client.query(
    "SELECT FROM signal.lease WHERE name = $1 AND holder = $2 AND token = $3 FOR SHARE",
    [lease.name, lease.holder, lease.token],
  );
  return rowCount === 1;
}

/** Leases whose name begins with the prefix and that are held now. Instants by the database's clock. */
export async function readLiveLeases(prefix: string): Promise<readonly { readonly name: string }[]> {
  const { rows } = await database().pool.query<{ name: string }>(
    "SELECT name FROM signal.lease WHERE starts_with(name, $1) AND expires_at > now() ORDER BY name",
    [prefix],
  );
  return rows;
}

/** Deletes leases with the prefix that ran out more than an hour ago; their names never come again. */
export async function deleteOldLeases(prefix: string): Promise<number> {
  const { rowCount } = await database().pool.query(
    "DELETE FROM signal.lease WHERE starts_with(name, $1) AND expires_at < now() - interval '1 hour'",
    [prefix],
  );
  return rowCount ?? 0;
}

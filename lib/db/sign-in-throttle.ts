import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { type Database, database } from "./client";

type Attempt = { readonly email: string; readonly address: string };

/**
 * Counts an attempt to sign in, over all processes. Answers how many seconds to wait, 0 when the attempt may go on.
 * Counting by account AND address keeps a stranger elsewhere from locking a person out; the address alone has a
 * wider limit.
 */
export async function countSignInAttempt(attempt: Attempt): Promise<number> {
  const { pair, address } = limiters(database());
  const waits = await Promise.all([
    waitAfter(() => pair.consume(pairKey(attempt))),
    waitAfter(() => address.consume(digest(attempt.address))),
  ]);
  return Math.max(...waits);
}

/** Forgets the failed attempts of an account at an address once its owner has come in. */
export async function forgetSignInAttempts(attempt: Attempt): Promise<void> {
  await limiters(database()).pair.delete(pairKey(attempt));
}

async function waitAfter(consume: () => Promise<unknown>): Promise<number> {
  try {
    await consume();
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
}

type Limiters = { readonly pair: RateLimiterPostgres; readonly address: RateLimiterPostgres };
const known = new WeakMap<Database, Limiters>();

function limiters(db: Database): Limiters {
  const made = known.get(db);
  if (made !== undefined) return made;
  const shared = {
    storeClient: db.pool,
    schemaName: "signal",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
  };
  const next = {
    pair: new RateLimiterPostgres({ ...shared, keyPrefix: "sign-in-pair", points: 10, duration: 900 }),
    address: new RateLimiterPostgres({ ...shared, keyPrefix: "sign-in-address", points: 100, duration: 900 }),
  };
  known.set(db, next);
  return next;
}

function pairKey({ email, address }: Attempt): string {
  return digest(`${email}\u001f${address}`);
}

// The table holds no addresses of people, only digests of them.
function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

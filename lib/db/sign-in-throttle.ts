import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { type Database, database } from "./client";

type Attempt = { readonly email: string; readonly address: string };

/**
 * Counts an attempt to sign in, over all processes. Answers how many seconds to wait, 0 when the attempt may go on.
 * Of one account at one address 10 are let through in a quarter of an hour and 30 a day, of one address 100. Over all
 * addresses, 100 a day of one account and 1,000 in a quarter of an hour of all, but whoever proved two factors at the same
 * address within thirty days is not held by these: guessers elsewhere do not lock a person out.
 */
export async function countSignInAttempt(attempt: Attempt): Promise<number> {
  const { everywhere, ...own } = limiters(database());
  const isHeldEverywhere = !(await isAtHome(attempt));
  const asked = [
    own.pair.consume(pairKey(attempt)),
    own.pairDay.consume(pairKey(attempt)),
    own.address.consume(digest(attempt.address)),
    ...(isHeldEverywhere
      ? [everywhere.account.consume(digest(attempt.email)), everywhere.all.consume("all")]
      : []),
  ];
  return Math.max(...(await Promise.all(asked.map(waitAfter))));
}

/** Forgets the failed attempts of an account at an address once its owner has come in; this one counts for nobody. */
export async function forgetSignInAttempts(attempt: Attempt): Promise<void> {
  const { pair, pairDay, address, everywhere } = limiters(database());
  await Promise.all([
    pair.delete(pairKey(attempt)),
    pairDay.delete(pairKey(attempt)),
    address.reward(digest(attempt.address), 1),
    everywhere.account.reward(digest(attempt.email), 1),
    everywhere.all.reward("all", 1),
  ]);
}

/** Whether the account proved two factors at this address within thirty days. */
async function isAtHome({ email, address }: Attempt): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    `SELECT FROM public.session s JOIN public."user" u ON u.id = s.user_id
     WHERE u.email = $1 AND s.address = $2 AND s.mfa_passed_at > now() - interval '30 days' LIMIT 1`,
    [email, address],
  );
  return (rowCount ?? 0) > 0;
}

async function waitAfter(consumed: Promise<unknown>): Promise<number> {
  try {
    await consumed;
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
}

type Limiter = RateLimiterPostgres;
type Limiters = {
  readonly pair: Limiter;
  readonly pairDay: Limiter;
  readonly address: Limiter;
  /** Over all addresses. */
  readonly everywhere: { readonly account: Limiter; readonly all: Limiter };
};
const known = new WeakMap<Database, Limiters>();

function limiters(db: Database): Limiters {
  const made = known.get(db);
  if (made !== undefined) return made;
  const limiter = (keyPrefix: string, points: number, duration: number) =>
    new RateLimiterPostgres({
      storeClient: db.pool,
      schemaName: "signal",
      tableName: "rate_limit",
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration,
    });
  const next: Limiters = {
    pair: limiter("sign-in-pair", 10, QUARTER_S),
    pairDay: limiter("sign-in-pair-day", 30, DAY_S),
    address: limiter("sign-in-address", 100, QUARTER_S),
    everywhere: {
      account: limiter("sign-in-account", 100, DAY_S),
      all: limiter("sign-in-all", 1_000, QUARTER_S),
    },
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

const QUARTER_S = 900;
const DAY_S = 86_400;

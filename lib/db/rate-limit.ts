import type pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { database } from "./client";

/** So many points in a window that starts with the first one. */
export type RateLimit = {
  /** Says what is limited; part of every key. */
  readonly name: string;
  readonly points: number;
  readonly windowS: number;
};

export type RateVerdict = {
  readonly isAllowed: boolean;
  readonly remaining: number;
  /** Until the window ends and all points are back. */
  readonly resetMs: number;
};

/** Spends points of a key, over all processes. @throws what the database throws when it is away */
export async function spendPoints(ask: {
  readonly limit: RateLimit;
  readonly key: string;
  readonly points?: number;
}): Promise<RateVerdict> {
  const limiter = limiterFor(ask.limit);
  try {
    return verdictOf(true, await limiter.consume(ask.key, ask.points ?? 1));
  } catch (refusal) {
    // The library throws its result when there are not enough points, and an Error when the database failed.
    if (refusal instanceof RateLimiterRes) return verdictOf(false, refusal);
    throw refusal;
  }
}

/** Gives a key all its points back. */
export async function forgetPoints(ask: { readonly limit: RateLimit; readonly key: string }): Promise<void> {
  await limiterFor(ask.limit).delete(ask.key);
}

/** Deletes counters whose window ended more than an hour ago. */
export async function deleteExpiredLimits(now: Date): Promise<number> {
  const { rowCount } = await database().pool.query("DELETE FROM signal.rate_limit WHERE expire < $1", [
    now.getTime() - 3_600_000,
  ]);
  return rowCount ?? 0;
}

const limiters = new WeakMap<pg.Pool, Map<string, RateLimiterPostgres>>();

function limiterFor({ name, points, windowS }: RateLimit): RateLimiterPostgres {
  const { pool } = database();
  const known = limiters.get(pool) ?? new Map<string, RateLimiterPostgres>();
  limiters.set(pool, known);
  const limiter =
    known.get(name) ??
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: "pool",
      schemaName: "signal",
      tableName: "rate_limit",
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points,
      duration: windowS,
    });
  known.set(name, limiter);
  return limiter;
}

function verdictOf(isAllowed: boolean, result: RateLimiterRes): RateVerdict {
  return {
    isAllowed,
    remaining: Math.max(result.remainingPoints, 0),
    resetMs: Math.max(result.msBeforeNext, 0),
  };
}

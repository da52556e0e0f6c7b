import type { TimeRange } from "@/lib/core/time/range";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";

/** Failures of a leg since its last success, to the minute. */
export type FailingLeg = { readonly legId: number; readonly since: Date; readonly failed: number };

/**
 * Legs on which nothing has got through since their last failure, looking back `LOOK_BACK`. Minutes of each leg are read
 * backwards along the primary key until the last success.
 */
export async function readFailingLegs(ask: {
  readonly legIds: readonly number[];
  readonly now: Date;
}): Promise<readonly FailingLeg[]> {
  const { rows } = await database().pool.query<FailingLeg>({
    name: "failing-legs",
    text: `
      SELECT leg.id AS "legId", f.since, f.failed::int
      FROM unnest($1::int4[]) AS leg(id)
      LEFT JOIN LATERAL (
        SELECT m.bucket_start FROM signal.rollup_minute m
        WHERE m.leg_id = leg.id AND m.bucket_start > $2::timestamptz - interval '2 days' AND m.bucket_start <= $2 AND m.ok > 0
        ORDER BY m.bucket_start DESC LIMIT 1
      ) ok ON true
      CROSS JOIN LATERAL (
        SELECT min(m.bucket_start) AS since, sum(m.failed) AS failed FROM signal.rollup_minute m
        WHERE m.leg_id = leg.id AND m.failed > 0 AND m.bucket_start <= $2
          AND m.bucket_start > coalesce(ok.bucket_start, $2::timestamptz - interval '2 days')
      ) f
      WHERE f.failed > 0`,
    values: [arrayLiteral(ask.legIds, (legId) => legId), ask.now],
  });
  return rows;
}

/**
 * When the last message came in on each leg; legs that never had one are left out. Newest key of each leg: first in the
 * partitions of the last two days, and in all others only for the legs that had nothing there.
 */
export async function readLastReceived(ask: {
  readonly legIds: readonly number[];
  readonly now: Date;
}): Promise<ReadonlyMap<number, Date>> {
  const recent = await readNewest({ ...ask, from: new Date(ask.now.getTime() - RECENT_MS) });
  const quiet = ask.legIds.filter((legId) => !recent.has(legId));
  if (quiet.length === 0) return recent;
  const older = await readNewest({ legIds: quiet, now: ask.now, from: new Date(0) });
  return new Map([...recent, ...older]);
}

const RECENT_MS = 2 * 86_400_000;

async function readNewest(ask: {
  readonly legIds: readonly number[];
  readonly now: Date;
  readonly from: Date;
}): Promise<ReadonlyMap<number, Date>> {
  const { rows } = await database().pool.query<{ legId: number; receivedAt: Date }>({
    name: "last-received",
    text: `
      SELECT leg.id AS "legId", d.received_at AS "receivedAt"
      FROM unnest($1::int4[]) AS leg(id)
      CROSS JOIN LATERAL (
        SELECT d.received_at FROM signal.delivery d
        WHERE d.leg_id = leg.id AND d.received_at >= $3 AND d.received_at <= $2
        ORDER BY d.received_at DESC LIMIT 1
      ) d`,
    values: [arrayLiteral(ask.legIds, (legId) => legId), ask.now, ask.from],
  });
  return new Map(rows.map((row) => [row.legId, row.receivedAt]));
}

/** How many messages a leg had in the same stretch of each of the last four weeks. */
export type WeekCount = { readonly legId: number; readonly weeksAgo: number; readonly messages: number };

/** Counts of whole minutes in [since, now) moved back by one to four weeks; a stretch without messages counts 0. */
export async function readSameStretch(ask: {
  readonly silent: readonly { readonly legId: number; readonly since: Date }[];
  readonly now: Date;
}): Promise<readonly WeekCount[]> {
  if (ask.silent.length === 0) return [];
  const { rows } = await database().pool.query<WeekCount>({
    name: "same-stretch",
    text: `
      SELECT leg.id AS "legId", week.n AS "weeksAgo", coalesce(m.messages, 0)::int AS messages
      FROM unnest($1::int4[], $2::float8[]) AS leg(id, since_ms)
      CROSS JOIN generate_series(1, 4) AS week(n)
      CROSS JOIN LATERAL (
        SELECT sum(m.ok + m.failed + m.filtered + m.pending + m.unknown) AS messages FROM signal.rollup_minute m
        WHERE m.leg_id = leg.id
          AND m.bucket_start > to_timestamp(leg.since_ms / 1000) - week.n * interval '7 days'
          AND m.bucket_start < $3::timestamptz - week.n * interval '7 days'
      ) m`,
    values: [
      arrayLiteral(ask.silent, ({ legId }) => legId),
      arrayLiteral(ask.silent, ({ since }) => since.getTime()),
      ask.now,
    ],
  });
  return rows;
}

/** The longest queue of each leg in the same hour of the last four weeks. Four keys a leg. */
export async function readUsualQueues(ask: {
  readonly legIds: readonly number[];
  readonly now: Date;
}): Promise<ReadonlyMap<number, number>> {
  const { rows } = await database().pool.query<{ legId: number; high: number }>({
    name: "usual-queues",
    text: `
      SELECT g.leg_id AS "legId", max(g.max_value) AS high
      FROM signal.leg_gauge_hour g
      WHERE g.leg_id = ANY($1::int4[]) AND g.metric = 'queueDepth'
        AND g.bucket_start = ANY(ARRAY(
          SELECT date_bin('1 hour', $2::timestamptz, 'epoch'::timestamptz) - n * interval '7 days' FROM generate_series(1, 4) n))
      GROUP BY 1`,
    values: [arrayLiteral(ask.legIds, (legId) => legId), ask.now],
  });
  return new Map(rows.map((row) => [row.legId, row.high]));
}

/** How many messages waited on a leg at the end of the hour that holds `instants[index]`. */
export type PastQueue = { readonly legId: number; readonly index: number; readonly depth: number };

/** Queue depths of legs at a few instants of the past; hours without a sample are left out. One key a leg and instant. */
export async function readPastQueues(ask: {
  readonly legIds: readonly number[];
  readonly instants: readonly Date[];
}): Promise<readonly PastQueue[]> {
  const { rows } = await database().pool.query<PastQueue>({
    name: "past-queues",
    text: `
      SELECT g.leg_id AS "legId", (at.n - 1)::int AS index, g.last_value AS depth
      FROM unnest($1::int4[]) AS leg(id)
      CROSS JOIN unnest($2::timestamptz[]) WITH ORDINALITY AS at(instant, n)
      JOIN signal.leg_gauge_hour g ON g.leg_id = leg.id AND g.metric = 'queueDepth'
        AND g.bucket_start = date_bin('1 hour', at.instant, 'epoch'::timestamptz)`,
    values: [arrayLiteral(ask.legIds, (legId) => legId), ask.instants],
  });
  return rows;
}

/** One minute of one leg with what ended well and badly in it. */
export type LegMinute = {
  readonly legId: number;
  readonly at: Date;
  readonly ok: number;
  readonly failed: number;
};

/**
 * Of the given hours of legs, the minutes in which everything that ended failed, and after each the first with a success:
 * all that outages can be told from, a few rows where all minutes would be tens of thousands. In order.
 */
export async function readFailingMinutes(
  hours: readonly { readonly legId: number; readonly hour: TimeRange }[],
): Promise<readonly LegMinute[]> {
  if (hours.length === 0) return [];
  const { rows } = await database().pool.query<LegMinute>({
    name: "failing-minutes",
    text: FAILING_MINUTES,
    values: [
      arrayLiteral(hours, ({ legId }) => legId),
      arrayLiteral(hours, ({ hour }) => hour.from.getTime()),
      arrayLiteral(hours, ({ hour }) => hour.to.getTime()),
      // The outer bounds leave out whole partitions before the first row is looked for.
      new Date(Math.min(...hours.map(({ hour }) => hour.from.getTime()))),
      new Date(Math.max(...hours.map(({ hour }) => hour.to.getTime()))),
    ],
  });
  return rows;
}

// A success is looked for up to the next failing minute only, so that a long outage is walked once.
const FAILING_MINUTES = `
  WITH failing AS (
    SELECT m.leg_id, m.bucket_start, m.failed,
      lead(m.bucket_start) OVER (PARTITION BY m.leg_id ORDER BY m.bucket_start) AS next_at
    FROM unnest($1::int4[], $2::float8[], $3::float8[]) AS h(leg_id, from_ms, to_ms)
    JOIN signal.rollup_minute m ON m.leg_id = h.leg_id
      AND m.bucket_start >= to_timestamp(h.from_ms / 1000) AND m.bucket_start < to_timestamp(h.to_ms / 1000)
      AND m.bucket_start >= $4 AND m.bucket_start < $5
    WHERE m.ok = 0 AND m.failed > 0
  )
  SELECT leg_id AS "legId", bucket_start AS at, 0 AS ok, failed FROM failing
  UNION ALL
  SELECT n.leg_id, n.bucket_start, n.ok, n.failed
  FROM failing f
  CROSS JOIN LATERAL (
    SELECT m.leg_id, m.bucket_start, m.ok, m.failed FROM signal.rollup_minute m
    WHERE m.leg_id = f.leg_id AND m.bucket_start > f.bucket_start AND m.bucket_start < coalesce(f.next_at, $5) AND m.ok > 0
    ORDER BY m.bucket_start LIMIT 1
  ) n
  ORDER BY 1, 2`;

import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { Actor } from "@/lib/core/authz/actor";
import { snapRange, type TimeRange } from "@/lib/core/time/range";
import { readDeliveryPage } from "@/lib/db/delivery-page";
import { readLegTotals, wideTotalsQuery } from "@/lib/db/leg-totals";
import { readSeries } from "@/lib/services/metrics/read-series";
import { type Random, seededRandom } from "@/tests/support/random";
import { DELIVERY_DAYS, makeDeliveries } from "./make-deliveries";
import { makeRollups } from "./make-rollups";
import { openQueryBenchDatabase, type QueryBenchDatabase } from "./query-database";

/*
 * How long the questions of the pages take in the database: failure rates and percentiles of every leg over any range,
 * and pages of failed messages at any depth. Data is made once and kept. Ends with one line of JSON on standard output;
 * progress goes to standard error.
 */

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    messages: { type: "string", default: "100000000" },
    legs: { type: "string", default: "500" },
    days: { type: "string", default: "396" },
    rows: { type: "string", default: "20000000" },
    queries: { type: "string", default: "200" },
    fresh: { type: "boolean", default: false },
  },
});
const plan = {
  messages: Number(options.messages),
  legs: Number(options.legs),
  days: Number(options.days),
  rows: Number(options.rows),
};
const queries = Number(options.queries);
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const PAGE_ROWS = 50;
const system: Actor = { kind: "system", name: "benchmark" };

await main();

async function main(): Promise<void> {
  const bench = await openQueryBenchDatabase(plan, options.fresh);
  try {
    const until = bench.madeUntil ?? (await make(bench));
    await warm(bench);
    process.stdout.write(`${JSON.stringify(await measureAll(bench, until))}\n`);
  } finally {
    await bench.close();
  }
}

async function make(bench: QueryBenchDatabase): Promise<Date> {
  const until = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS);
  const messages = await makeRollups({ owner: bench.owner, plan, until, say });
  say(`made rollups of ${messages} messages`);
  await makeDeliveries({ owner: bench.owner, plan, until, say });
  say("vacuuming, as the server itself does within minutes");
  await bench.owner.query("VACUUM (ANALYZE)");
  await bench.owner.query("CHECKPOINT").catch(() => say("no right to CHECKPOINT; going on"));
  await bench.finish(until);
  return until;
}

/**
 * Reads deliveries once, then rollups and their keys twice, so that these stay: a server that has run for a day holds them
 * in memory, one just started does not.
 */
async function warm({ owner }: QueryBenchDatabase): Promise<void> {
  say("reading all deliveries and rollups");
  await owner.query("SELECT count(hashtext(engine_message_id)) FROM signal.delivery");
  await owner.query(
    "SELECT count(*) FROM (SELECT received_at, id FROM signal.delivery WHERE outcome = 'failed' ORDER BY 1, 2) AS keys",
  );
  const tables = ["rollup_day", "rollup_hour", "rollup_minute"];
  for (const table of [...tables, ...tables]) {
    await owner.query(`SELECT count(hashtext(t::text)) FROM signal.${table} t`);
    await owner.query(
      `SELECT count(*) FROM (SELECT leg_id, bucket_start FROM signal.${table} ORDER BY 1, 2) AS keys`,
    );
  }
}

async function measureAll({ db, owner }: QueryBenchDatabase, until: Date) {
  const random = seededRandom(42);
  const { rows: legRows } = await owner.query<{ id: number }>("SELECT id FROM public.leg ORDER BY id");
  const legIds = legRows.map(({ id }) => id);
  const wide = Array.from({ length: queries }, () => anyRange(random, until));
  const short = Array.from({ length: queries }, () => shortRange(random, until));
  // One after the other: what Node does with the rows of one range must not run into the time of the next. The database
  // sees each range for the first time.
  const inDatabase: number[] = [];
  for (const range of wide) inDatabase.push(await databaseMs(db, wideTotalsQuery({ legIds, range })));
  const received = await timedAll(wide, (range) => db.pool.query(wideTotalsQuery({ legIds, range })));
  const withNode = await timedAll(wide, (range) => readLegTotals({ legIds, range }));
  const shortMs = await timedAll(short, (range) => readLegTotals({ legIds, range }));
  const year = { from: new Date(until.getTime() - plan.days * DAY_MS), to: until };
  const charts = Array.from({ length: Math.ceil(queries / 4) }, (_, i) => {
    const first = (i * 4) % Math.max(legIds.length - 3, 1);
    return legIds.slice(first, first + 4);
  });
  const chartMs = await timedAll(charts, (ids) =>
    readSeries(system, {
      scope: { legIds: ids },
      range: year,
      bucket: { unit: "day", count: 1 },
      zone: "Europe/Berlin",
    }),
  );
  const { rows: facts } = await owner.query<{ messages: string; deliveries: string }>(
    `SELECT (SELECT sum(ok + failed) FROM signal.rollup_day) AS messages, (SELECT count(*) FROM signal.delivery) AS deliveries`,
  );
  return {
    messages: Number(facts[0]?.messages),
    legs: legIds.length,
    days: plan.days,
    /** By the server's clock; until the client has the rows; until percentiles stand. */
    anyRange: { database: spread(inDatabase), received: spread(received), withNode: spread(withNode) },
    upToSixHours: { withNode: spread(shortMs) },
    chartOfDays: { withNode: spread(chartMs) },
    failingPage: { rows: Number(facts[0]?.deliveries), ...(await measurePages(random, until)) },
    loadAverage: loadavg().map((load) => Number(load.toFixed(2))),
  };
}

async function measurePages(random: Random, until: Date) {
  const range = { from: new Date(until.getTime() - DELIVERY_DAYS * DAY_MS), to: until };
  const page = (cursor?: { readonly at: Date; readonly id: string }) =>
    readDeliveryPage({
      legIds: "all",
      range,
      filter: { outcome: "failed" },
      limit: PAGE_ROWS,
      ...(cursor === undefined ? {} : { cursor: { direction: "older" as const, ...cursor } }),
    });
  const depths = Array.from(
    { length: queries },
    () => new Date(range.from.getTime() + random() * DELIVERY_DAYS * DAY_MS),
  );
  const first = await timedAll(depths, () => page());
  const anyDepth = await timedAll(depths, (at) => page({ at, id: "0" }));
  const deepest = await timedAll(depths, (_, i) =>
    page({ at: new Date(range.from.getTime() + HOUR_MS + i * 1_000), id: "0" }),
  );
  return { first: spread(first), anyDepth: spread(anyDepth), deepest: spread(deepest) };
}

/** From an hour to all of it, in whole hours: short and long ranges alike. */
function anyRange(random: Random, until: Date): TimeRange {
  const hours = Math.ceil((plan.days * 24) ** random());
  const latest = plan.days * 24 - hours;
  const to = until.getTime() - Math.floor(random() * latest) * HOUR_MS;
  return { from: new Date(to - hours * HOUR_MS), to: new Date(to) };
}

/** Up to six hours in whole minutes, within the newest day and a half. */
function shortRange(random: Random, until: Date): TimeRange {
  const to = until.getTime() - Math.floor(random() * 30 * 60) * 60_000;
  return snapRange({ from: new Date(to - Math.ceil(random() * 359) * 60_000), to: new Date(to) });
}

/** Planning, running, and putting the rows into the form in which they are sent, by the server's own clock. */
async function databaseMs(
  db: QueryBenchDatabase["db"],
  statement: { readonly text: string; readonly values: unknown[] },
): Promise<number> {
  const { rows } = await db.pool.query({
    text: `EXPLAIN (ANALYZE, SERIALIZE TEXT, TIMING OFF, FORMAT JSON) ${statement.text}`,
    values: statement.values,
  });
  const [plan] = rows[0]?.["QUERY PLAN"] ?? [];
  return plan["Planning Time"] + plan["Execution Time"];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The first tenth warms up and is not counted. */
async function timedAll<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<unknown>,
): Promise<number[]> {
  const all: number[] = [];
  for (const [i, item] of items.entries()) all.push(await timed(() => work(item, i)));
  return all.slice(Math.ceil(all.length / 10));
}

function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? 0).toFixed(1));
  return { p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1), queries: sorted.length };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

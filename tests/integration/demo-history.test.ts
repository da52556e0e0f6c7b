import { beforeAll, describe, expect, it } from "vitest";
import { readDemoSources, readDemoState } from "@/lib/db/demo";
import { readLegTotals } from "@/lib/db/leg-totals";
import { recomputeGroupHours, recomputeHours } from "@/lib/db/recompute-hours";
import { recomputeMinutes } from "@/lib/db/recompute-minutes";
import { openHistory } from "@/lib/demo/history/fill-history";
import { pastCalendar } from "@/lib/demo/history/past-calendar";
import { startDemo } from "@/lib/services/demo/start-demo";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const system = { kind: "system", name: "test" } as const;
const dayMs = 86_400_000;

/** Demo started, and a day of deliveries and two days of hours loaded, newest first. */
beforeAll(async () => {
  await startDemo(system, { seed: 5, zone: "Europe/Berlin" });
  const state = await readDemoState();
  if (state === undefined) throw new Error("The demo was not started.");
  const { lastDayMs } = pastCalendar(state);
  const history = await openHistory({
    state,
    sources: await demoSources(),
    parts: [
      { fromMs: lastDayMs, toMs: lastDayMs + dayMs, keepsDeliveries: true },
      { fromMs: lastDayMs - dayMs, toMs: lastDayMs, keepsDeliveries: true },
      { fromMs: lastDayMs - 3 * dayMs, toMs: lastDayMs - dayMs, keepsDeliveries: false },
    ],
  });
  while (await history.fillNext());
});

async function demoSources() {
  const sources = await readDemoSources();
  const id = (kind: string) => sources.find((one) => one.kind === kind)?.id ?? 0;
  return { engine: id("mirth"), push: id("push") };
}

async function rowsOf(sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await db().pool.query<Record<string, unknown>>(sql)).rows;
}

const minutesWithFacts = `SELECT DISTINCT leg_id, date_trunc('minute', received_at) AS start FROM signal.delivery`;

describe("the past of the demo", () => {
  it("fills interfaces, legs and deliveries of a whole hospital", async () => {
    const [counts] = await rowsOf(
      "SELECT (SELECT count(*)::int FROM public.interface) AS interfaces, (SELECT count(*)::int FROM public.leg) AS legs",
    );
    expect(counts).toEqual({ interfaces: 18, legs: 57 });
  });

  it("has minutes that equal a count over the deliveries", async () => {
    const differences = await rowsOf(`
      WITH counted AS (
        SELECT leg_id, date_trunc('minute', received_at) AS start,
          count(*) FILTER (WHERE outcome = 'ok')::int AS ok, count(*) FILTER (WHERE outcome = 'failed')::int AS failed,
          count(*) FILTER (WHERE outcome = 'filtered')::int AS filtered,
          count(*) FILTER (WHERE first_outcome = 'ok')::int AS first_ok,
          count(*) FILTER (WHERE first_outcome = 'failed')::int AS first_failed, count(replay_of)::int AS replays,
          count(latency_ms)::int AS latencies, count(wait_ms)::int AS waits, count(partner_ms)::int AS partners
        FROM signal.delivery GROUP BY 1, 2
      ), rolled AS (
        SELECT leg_id, bucket_start AS start, ok, failed, filtered, first_ok, first_failed, replays,
          (SELECT coalesce(sum(n) FILTER (WHERE b < 1024), 0)::int FROM unnest(hist_buckets, hist_counts) AS p(b, n)) AS latencies,
          (SELECT coalesce(sum(n) FILTER (WHERE b BETWEEN 1024 AND 2047), 0)::int FROM unnest(hist_buckets, hist_counts) AS p(b, n)) AS waits,
          (SELECT coalesce(sum(n) FILTER (WHERE b > 2047), 0)::int FROM unnest(hist_buckets, hist_counts) AS p(b, n)) AS partners
        FROM signal.rollup_minute
      )
      SELECT * FROM ((TABLE counted EXCEPT TABLE rolled) UNION ALL (TABLE rolled EXCEPT TABLE counted)) AS d LIMIT 5`);
    expect(differences).toEqual([]);
  });

  it("has hours and days, sums included, that come out the same when the job computes them anew", async () => {
    const tables = ["rollup_hour", "rollup_day"] as const;
    const since = "(SELECT min(date_trunc('day', received_at)) FROM signal.delivery)";
    const snapshot = () =>
      Promise.all(
        tables.map((table) =>
          rowsOf(
            `SELECT * FROM signal.${table} WHERE bucket_start >= ${since} ORDER BY leg_id, bucket_start`,
          ),
        ),
      );
    const before = await snapshot();
    const hours = await rowsOf(
      `SELECT DISTINCT leg_id, date_trunc('hour', start) AS start FROM (${minutesWithFacts}) AS m`,
    );
    await recomputeHours(hours.map(keyOf));
    const groupHours = await rowsOf(
      `SELECT DISTINCT g AS leg_id, date_trunc('hour', start) AS start FROM (${minutesWithFacts}) AS m, (VALUES (-1), (-2)) AS n(g)`,
    );
    await recomputeGroupHours(groupHours.map(keyOf));
    expect(before[0]?.length).toBeGreaterThan(500);
    expect(await snapshot()).toEqual(before);
  });

  it("has minutes whose histograms come out the same when they are counted anew", async () => {
    const pairs = `SELECT leg_id, bucket_start, array_agg(b ORDER BY b) AS buckets, array_agg(n ORDER BY b) AS counts
      FROM (SELECT leg_id, bucket_start, b, sum(n)::int AS n FROM signal.rollup_minute, unnest(hist_buckets, hist_counts) AS p(b, n)
        WHERE leg_id <= 6 GROUP BY 1, 2, 3) AS merged GROUP BY 1, 2 ORDER BY 1, 2`;
    const before = await rowsOf(pairs);
    const minutes = await rowsOf(`SELECT * FROM (${minutesWithFacts}) AS m WHERE leg_id <= 6 ORDER BY 1, 2`);
    for (let start = 0; start < minutes.length; start += 500) {
      await recomputeMinutes(minutes.slice(start, start + 500).map(keyOf));
    }
    expect(await rowsOf(pairs)).toEqual(before);
  });

  it("counts days of hours and days of deliveries in one sum", async () => {
    const state = await readDemoState();
    const { lastDayMs } = pastCalendar(state ?? { seed: 0, startedAt: new Date(), zone: "UTC" });
    const legs = await rowsOf("SELECT id FROM public.leg ORDER BY id");
    const totals = await readLegTotals({
      legIds: legs.map((leg) => Number(leg["id"])),
      range: { from: new Date(lastDayMs - 3 * dayMs), to: new Date(lastDayMs + dayMs) },
    });
    const [hours] = await rowsOf(
      "SELECT sum(ok)::int AS ok, sum(failed)::int AS failed FROM signal.rollup_hour WHERE leg_id > 0",
    );
    expect({
      ok: totals.reduce((sum, { counts }) => sum + counts.ok, 0),
      failed: totals.reduce((sum, { counts }) => sum + counts.failed, 0),
    }).toEqual(hours);
  });

  it("names nobody: patients are references, error texts hold no identifier", async () => {
    const [found] = await rowsOf(
      `SELECT count(*)::int AS n FROM signal.delivery WHERE error_text ~ 'D1\\d{5}' OR octet_length(patient_ref) <> 16`,
    );
    expect(found).toEqual({ n: 0 });
  });
});

function keyOf(row: Record<string, unknown>) {
  const start = row["start"];
  return {
    legId: Number(row["leg_id"]),
    bucketMs: start instanceof Date ? start.getTime() : 0,
    version: "0",
  };
}

import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import { failureRate, sumCounts } from "@/lib/core/metric/outcome-counts";
import { storeBatch } from "@/lib/ingest/pipeline";
import { rollUp } from "@/lib/jobs/roll-up";
import { queryMetrics } from "@/lib/services/metrics/query-metrics";
import { readHeatmap } from "@/lib/services/metrics/read-heatmap";
import { readLegTotals } from "@/lib/services/metrics/read-leg-totals";
import { readSeries } from "@/lib/services/metrics/read-series";
import { countPlainly, emptyBruteForce, foldPlainly } from "@/tests/support/brute-force";
import { seededRandom } from "@/tests/support/random";
import { addSource, batchOf, testNow, withStorage } from "@/tests/support/storage";
import { aStorm } from "@/tests/support/storm";

const db = withStorage();
const system: Actor = { kind: "system", name: "test" };
let truth: readonly DeliveryObservation[] = [];
let sourceId = 0;
let legs: readonly { readonly id: number; readonly interface: string; readonly leg: string }[] = [];

beforeAll(async () => {
  sourceId = await addSource(db(), "engine");
  const storm = aStorm({ random: seededRandom(7), events: 6_000, end: testNow });
  truth = foldPlainly(storm);
  for (let i = 0; i < storm.length; i += 2_000) {
    await storeBatch({ sourceId, batch: batchOf(...storm.slice(i, i + 2_000)), now: testNow });
  }
  await rollUp.run({ signal: new AbortController().signal, now: () => testNow });
  await db().pool.query("UPDATE public.interface SET complete_back_to = '2025-03-04T00:00:00Z'");
  const { rows } = await db().pool.query(
    `SELECT leg.id, i.external_id AS "interface", leg.external_id AS leg FROM public.leg
     JOIN public.interface i ON i.id = leg.interface_id ORDER BY 1`,
  );
  legs = rows;
});

const range = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });

/** Brute-force counts of some legs over a range. */
function plainly(
  within: { readonly from: Date; readonly to: Date },
  isMine: (one: DeliveryObservation) => boolean,
) {
  const mine = truth.filter(
    (one) => isMine(one) && one.receivedAt >= within.from && one.receivedAt < within.to,
  );
  return countPlainly(mine, () => "all").get("all") ?? emptyBruteForce();
}

function legIdsOf(name: string): number[] {
  return legs.filter((leg) => leg.interface === name).map(({ id }) => id);
}

const ofChannel = (name: string) => (one: DeliveryObservation) => one.interface === name;

describe("a series", () => {
  test.each([
    ["minutes", { unit: "minute", count: 5 }, "UTC", range("2025-03-10T09:58:00Z", "2025-03-10T12:00:00Z")],
    ["hours", { unit: "hour", count: 1 }, "UTC", range("2025-03-08T03:00:00Z", "2025-03-10T12:00:00Z")],
    [
      "three hours",
      { unit: "hour", count: 3 },
      "Europe/Berlin",
      range("2025-03-05T00:00:00Z", "2025-03-10T12:00:00Z"),
    ],
    ["UTC days", { unit: "day", count: 1 }, "UTC", range("2025-03-05T00:00:00Z", "2025-03-10T12:00:00Z")],
    [
      "days of Berlin",
      { unit: "day", count: 1 },
      "Europe/Berlin",
      range("2025-03-05T00:00:00Z", "2025-03-10T12:00:00Z"),
    ],
    [
      "two days of New York, over the clock change",
      { unit: "day", count: 2 },
      "America/New_York",
      range("2025-03-05T12:00:00Z", "2025-03-10T12:00:00Z"),
    ],
  ] as const)("in %s equals a brute-force count of every bucket", async (_, bucket, zone, asked) => {
    const scope = { legIds: legIdsOf("channel-3") };
    const { buckets } = await readSeries(system, { scope, range: asked, bucket, zone });
    expect(buckets.length).toBeGreaterThan(2);
    expect(buckets[0]?.from.getTime()).toBeLessThanOrEqual(asked.from.getTime());
    expect(buckets.at(-1)?.to.getTime()).toBeGreaterThanOrEqual(asked.to.getTime());
    for (const found of buckets) {
      const want = plainly(found, ofChannel("channel-3"));
      if (found.measured === null) expect(want.counts).toEqual(emptyBruteForce().counts);
      else {
        expect(found.measured.counts).toEqual(want.counts);
        expect(found.failureRate).toBe(failureRate(want.counts));
        expect(found.measured.latency.p50 === null).toBe(want.latencies.latency.length === 0);
      }
    }
    expect(buckets.some(({ measured }) => measured !== null && measured.counts.ok > 0)).toBe(true);
  });

  test("of all legs of a direction comes from the group and equals a brute-force count", async () => {
    const asked = range("2025-03-05T00:00:00Z", "2025-03-10T12:00:00Z");
    for (const unit of ["hour", "day"] as const) {
      const bucket = { unit, count: 1 };
      const { buckets } = await readSeries(system, { scope: { all: "source" }, range: asked, bucket });
      for (const found of buckets) {
        const want = plainly(found, ({ direction }) => direction === "source");
        expect(found.measured?.counts ?? emptyBruteForce().counts).toEqual(want.counts);
      }
    }
  });

  test("shows a gap before anything was known, while the source was silent, and after now", async () => {
    await db().pool.query(
      "INSERT INTO signal.unknown_interval (source_id, from_at, to_at, cause) VALUES ($1, '2025-03-20T02:00Z', '2025-03-20T03:30Z', 'unreachable')",
      [sourceId],
    );
    const bucket = { unit: "hour", count: 1 };
    const scope = { legIds: legIdsOf("channel-3") };
    const early = await readSeries(system, {
      scope,
      bucket,
      range: range("2025-01-01T00:00:00Z", "2025-01-01T07:00:00Z"),
    });
    expect(early.buckets.map(({ knowledge }) => knowledge)).toEqual(Array(7).fill("unknown"));
    expect(early.buckets[0]?.measured).toBeNull();
    const silent = await readSeries(system, {
      scope,
      bucket,
      range: range("2025-03-20T00:00:00Z", "2025-03-20T07:00:00Z"),
    });
    expect(silent.buckets.map(({ knowledge }) => knowledge)).toEqual([
      "measured",
      "measured",
      "unknown",
      "unknown",
      "measured",
      "measured",
      "measured",
    ]);
    expect(silent.buckets.map(({ unknownMs }) => unknownMs / 60_000)).toEqual([0, 0, 60, 30, 0, 0, 0]);
    expect(silent.buckets[0]?.measured?.counts.ok).toBe(0);
    const future = await readSeries(system, {
      scope,
      bucket,
      range: range("2099-01-01T00:00:00Z", "2099-01-01T07:00:00Z"),
    });
    expect(future.buckets[0]).toMatchObject({ knowledge: "future", measured: null });
  });
});

describe("a heatmap", () => {
  test("counts in its cells exactly the messages in their band and bucket", async () => {
    const asked = range("2025-03-10T00:00:00Z", "2025-03-10T12:00:00Z");
    const { bands, columns } = await readHeatmap(system, {
      scope: { legIds: legIdsOf("channel-3") },
      range: asked,
      bucket: { unit: "hour", count: 1 },
    });
    expect(columns).toHaveLength(12);
    for (const column of columns) {
      const { latencies } = plainly(column, ofChannel("channel-3"));
      const want = bands.map(
        ({ fromMs, toMs }) => latencies.latency.filter((ms) => ms >= fromMs && ms < toMs).length,
      );
      expect(column.counts ?? want.map(() => 0)).toEqual(want);
    }
    const used = columns.flatMap(({ counts }) => counts ?? []);
    expect(used.reduce((sum, count) => sum + count, 0)).toBe(
      plainly(asked, ofChannel("channel-3")).latencies.latency.length,
    );
  });
});

describe("figures for scripts", () => {
  const asked = range("2025-03-05T00:00:00Z", "2025-03-10T12:00:00Z");

  test("of all legs add up to a brute-force count, with names and without a queue nobody told", async () => {
    const rows = await queryMetrics(system, { range: asked });
    expect(rows).toHaveLength(legs.length);
    const want = plainly(asked, () => true);
    expect(rows.reduce((sum, row) => sum + (row.ok ?? 0), 0)).toBe(want.counts.ok);
    expect(rows.reduce((sum, row) => sum + (row.firstFailed ?? 0), 0)).toBe(want.counts.firstFailed);
    expect(rows[0]).toMatchObject({
      interface: "channel-0",
      interfaceId: "channel-0",
      leg: "0",
      direction: "source",
      queueDepth: null,
    });
  });

  test("of one interface and leg by bucket add up to those without", async () => {
    const names = { interface: "channel-3", leg: "1", range: asked };
    const [whole] = await queryMetrics(system, names);
    const days = await queryMetrics(system, { ...names, bucket: { unit: "day", count: 1 } });
    expect(days.map(({ bucketStart }) => bucketStart)).toEqual(
      [5, 6, 7, 8, 9, 10].map((day) => `2025-03-${String(day).padStart(2, "0")}T00:00:00.000Z`),
    );
    expect(days.reduce((sum, row) => sum + (row.ok ?? 0), 0)).toBe(whole?.ok);
  });

  test("and totals of all legs are the same sums", async () => {
    const totals = await readLegTotals(system, { legs: "all", range: asked });
    expect(sumCounts(totals.map(({ counts }) => counts))).toEqual(plainly(asked, () => true).counts);
  });

  test("are refused to whoever may not read interfaces, and to ranges that run backwards", async () => {
    const reporter: Actor = {
      kind: "user",
      id: "u1",
      name: "R",
      email: "r@example.org",
      grants: everywhere("reporter"),
    };
    await expect(queryMetrics(reporter, { range: asked })).rejects.toMatchObject({ code: "forbidden" });
    await expect(queryMetrics(system, { range: { from: asked.to, to: asked.from } })).rejects.toMatchObject({
      code: "bad_request",
    });
  });
});

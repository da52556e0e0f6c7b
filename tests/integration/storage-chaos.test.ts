import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { DeliveryObservation } from "@/lib/core/message/schema";
import { bucketOf } from "@/lib/core/metric/latency-buckets";
import { readLegTotals } from "@/lib/db/leg-totals";
import { groupIds } from "@/lib/db/rollup-groups";
import { storeBatch } from "@/lib/ingest/pipeline";
import { rollUp } from "@/lib/jobs/roll-up";
import {
  type BruteForce,
  bruteForceCounts,
  countPlainly,
  emptyBruteForce,
  exactPercentile,
  foldPlainly,
} from "@/tests/support/brute-force";
import { type Random, seededRandom, shuffled, wholeBelow } from "@/tests/support/random";
import { addSource, batchOf, testNow, withStorage } from "@/tests/support/storage";
import { aStorm } from "@/tests/support/storm";
import { readTier } from "@/tests/support/tiers";

const SEED = 20_260_310;
const EVENTS = 200_000;
const WRITERS = 4;

const db = withStorage();
const random = seededRandom(SEED);
let storm: readonly DeliveryObservation[] = [];
let truth: readonly DeliveryObservation[] = [];
let legIds = new Map<string, number>();

const io = { signal: new AbortController().signal, now: () => testNow };

beforeAll(async () => {
  const sourceId = await addSource(db(), "engine");
  storm = aStorm({ random, events: EVENTS, end: testNow });
  truth = foldPlainly(storm);
  const batches = batchesOf(storm, 1_000);
  // Some batches come twice, whole: an acknowledgement was lost.
  const queue = shuffled(random, [...batches, ...batches.filter((_, i) => i % 20 === 0)]);
  const writers = Array.from({ length: WRITERS }, () => writeFrom(queue, sourceId));
  let isWriting = true;
  const job = (async () => {
    while (isWriting) {
      await rollUp.run(io);
      await sleep(rollUp.everyMs);
    }
  })();
  await Promise.all(writers);
  isWriting = false;
  await job;
  await rollUp.run(io);
  legIds = await readLegIds();
}, 300_000);

async function writeFrom(queue: DeliveryObservation[][], sourceId: number): Promise<void> {
  for (let batch = queue.pop(); batch !== undefined; batch = queue.pop()) {
    await storeBatch({ sourceId, batch: batchOf(...batch), now: testNow });
  }
}

function batchesOf(seen: readonly DeliveryObservation[], size: number): DeliveryObservation[][] {
  return Array.from({ length: Math.ceil(seen.length / size) }, (_, i) =>
    seen.slice(i * size, (i + 1) * size),
  );
}

async function readLegIds(): Promise<Map<string, number>> {
  const { rows } = await db().pool.query(
    "SELECT i.external_id || '/' || leg.external_id AS name, leg.id FROM public.leg JOIN public.interface i ON i.id = leg.interface_id",
  );
  return new Map(rows.map((row) => [row.name, row.id]));
}

function legIdOf(delivery: DeliveryObservation): number {
  return legIds.get(`${delivery.interface}/${delivery.leg}`) ?? 0;
}

/** Brute-force counts in the form of a tier's rows: leg/bucket → counts and buckets. */
function expected(stepMs: number, ids: (delivery: DeliveryObservation) => number = legIdOf) {
  const sums = countPlainly(truth, (delivery) => {
    const start = Math.floor(delivery.receivedAt.getTime() / stepMs) * stepMs;
    return `${ids(delivery)}/${start}`;
  });
  return new Map([...sums].map(([key, sum]) => [key, flat(sum)]));
}

function flat({ counts, latencies }: BruteForce) {
  const buckets = new Map<number, number>();
  Object.values(latencies).forEach((values, kind) => {
    for (const value of values) {
      const bucket = bucketOf(value) + 1024 * kind;
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
    }
  });
  return {
    counts: bruteForceCounts.map((name) => counts[name]),
    buckets: [...buckets].sort(([a], [b]) => a - b),
  };
}

describe(`${EVENTS} events in disorder by ${WRITERS} writers, seed ${SEED}`, () => {
  test("leave nothing marked and one row a delivery", async () => {
    const { rows } = await db().pool.query(
      "SELECT (SELECT count(*)::int FROM signal.dirty) AS dirty, (SELECT count(*)::int FROM signal.delivery) AS deliveries",
    );
    expect(rows).toEqual([{ dirty: 0, deliveries: truth.length }]);
  });

  test.each([
    ["rollup_minute", 60_000],
    ["rollup_hour", 3_600_000],
    ["rollup_day", 86_400_000],
  ] as const)("%s equals a brute-force count", async (table, stepMs) => {
    const rows = (await readTier(db(), table)).filter(({ legId }) => legId > 0);
    const wanted = expected(stepMs);
    const found = new Map(rows.map((row) => [`${row.legId}/${row.bucketMs}`, row]));
    expect(found.size).toBeGreaterThanOrEqual(wanted.size);
    let differing = 0;
    for (const [key, row] of found) {
      const want = wanted.get(key) ?? flat(emptyBruteForce());
      if (JSON.stringify({ counts: row.counts, buckets: row.buckets }) !== JSON.stringify(want)) differing++;
    }
    expect(differing).toBe(0);
    expect([...wanted.keys()].filter((key) => !found.has(key))).toEqual([]);
  });

  test("groups equal a brute-force count over all legs of their direction", async () => {
    const rows = (await readTier(db(), "rollup_day")).filter(({ legId }) => legId < 0);
    const wanted = expected(86_400_000, (delivery) => groupIds[delivery.direction]);
    expect(
      new Map(
        rows.map((row) => [`${row.legId}/${row.bucketMs}`, { counts: row.counts, buckets: row.buckets }]),
      ),
    ).toEqual(wanted);
  });

  test("any range gives exact counts, and percentiles within 1 %", async () => {
    const byLeg = new Map([...legIds.values()].map((id) => [id, truth.filter((one) => legIdOf(one) === id)]));
    for (let round = 0; round < 12; round++) {
      const range = aRange(random, round);
      const totals = await readLegTotals({ legIds: [...legIds.values()], range });
      for (const total of totals) {
        const inRange = (byLeg.get(total.legId) ?? []).filter(
          ({ receivedAt }) => receivedAt >= range.from && receivedAt < range.to,
        );
        const want = countPlainly(inRange, () => "all").get("all") ?? emptyBruteForce();
        expect(total.counts).toEqual(want.counts);
        for (const kind of ["latency", "wait", "partner"] as const) {
          const sorted = [...want.latencies[kind]].sort((a, b) => a - b);
          for (const percent of [50, 95, 99] as const) {
            expectWithinOnePercent(total[kind][`p${percent}`], exactPercentile(sorted, percent));
          }
        }
      }
    }
  });
});

/** Whole hours in even rounds, up to six hours in whole minutes in odd ones. */
function aRange(numbers: Random, round: number) {
  const stepMs = round % 2 === 0 ? 3_600_000 : 60_000;
  const steps = round % 2 === 0 ? 8 * 24 : 8 * 1440;
  const start = testNow.getTime() - wholeBelow(numbers, steps) * stepMs;
  const length = 1 + wholeBelow(numbers, round % 2 === 0 ? 150 : 359);
  return { from: new Date(start), to: new Date(start + length * stepMs) };
}

function expectWithinOnePercent(found: number | null, exact: number | null): void {
  if (exact === null || found === null) {
    expect(found).toBe(exact);
    return;
  }
  expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.01 + 1e-9);
}

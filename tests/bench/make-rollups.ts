import type pg from "pg";
import { createTally, kindOffsets, type Tally } from "@/lib/core/metric/histogram";
import { bucketOf } from "@/lib/core/metric/latency-buckets";
import { addCounts, noCounts, type OutcomeCounts } from "@/lib/core/metric/outcome-counts";
import { copyHours, copyMinutes, type MinuteRow } from "@/lib/db/bulk";
import { ensurePartitions } from "@/lib/db/partitions";
import { type ChainRow, upsertChainRows } from "@/lib/db/rollup-chain-upsert";
import { type Random, seededRandom } from "@/tests/support/random";
import type { QueryBenchPlan } from "./query-database";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Minutes are made for the newest days only: they serve ranges of up to six hours. */
const MINUTE_DAYS = 2;

/**
 * Adds legs (one source leg and three destinations an interface) with hours and days that count about `plan.messages`
 * messages up to `until`: busy by day, quiet by night, some legs far busier than others. Answers with how many it were.
 */
export async function makeRollups(make: {
  readonly owner: pg.Client;
  readonly plan: QueryBenchPlan;
  readonly until: Date;
  readonly say: (line: string) => void;
}): Promise<number> {
  const { owner, plan, until, say } = make;
  const start = new Date(until.getTime() - plan.days * DAY_MS);
  await ensurePartitions("rollup_hour", { from: start, to: until });
  await ensurePartitions("rollup_minute", {
    from: new Date(until.getTime() - MINUTE_DAYS * DAY_MS),
    to: until,
  });
  const legIds = await addLegs(owner, plan.legs);
  const chains = legIds.map((legId, i) => aChain(aLeg({ legId, rank: i, plan })));
  // Day after day, hour after hour, all legs of an hour together: as a running server writes them.
  for (let day = 0; day < plan.days; day++) {
    const isNewest = day >= plan.days - MINUTE_DAYS;
    await writeDay(owner, { chains, dayMs: start.getTime() + day * DAY_MS, isNewest });
    if ((day + 1) % 30 === 0) say(`rollups of ${day + 1} of ${plan.days} days`);
  }
  await owner.query("ANALYZE signal.rollup_hour, signal.rollup_day, signal.rollup_minute");
  return chains.reduce((sum, { total }) => sum + total.ok + total.failed, 0);
}

async function addLegs(owner: pg.Client, count: number): Promise<readonly number[]> {
  await owner.query("INSERT INTO public.source (kind, name, config) VALUES ('push', 'benchmark', '{}')");
  const { rows } = await owner.query<{ id: number }>(
    `WITH made AS (
       INSERT INTO public.interface (source_id, external_id, name, first_seen_at)
       SELECT (SELECT id FROM public.source), 'channel-' || n, 'Channel ' || n, now() - interval '400 days'
       FROM generate_series(1, ceil($1 / 4.0)::int) n RETURNING id, source_id
     )
     INSERT INTO public.leg (interface_id, source_id, external_id, ordinal, name, direction)
     SELECT id, source_id, n::text, n, 'Leg ' || n, CASE n WHEN 0 THEN 'source' ELSE 'destination' END
     FROM made CROSS JOIN generate_series(0, 3) n RETURNING id`,
    [count],
  );
  return rows.map(({ id }) => id).slice(0, count);
}

type BenchLeg = {
  readonly legId: number;
  readonly isSource: boolean;
  readonly random: Random;
  /** Expected messages in an hour of weight 1. */
  readonly perHour: number;
  /** Latency buckets in equal shares of probability. */
  readonly quantiles: readonly number[];
};

/** Zipf with exponent 0.5: the busiest leg has about ten times the mean. Lognormal latencies of a scale of its own. */
function aLeg(from: {
  readonly legId: number;
  readonly rank: number;
  readonly plan: QueryBenchPlan;
}): BenchLeg {
  const { legId, rank, plan } = from;
  const random = seededRandom(legId);
  const weights = Array.from({ length: plan.legs }, (_, i) => 1 / Math.sqrt(i + 1));
  const share = (weights[rank] ?? 0) / weights.reduce((sum, weight) => sum + weight, 0);
  const medianMs = 20 * 10 ** (random() * 2);
  const quantiles = Array.from({ length: 1_024 }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return bucketOf(Math.round(medianMs * Math.exp(normal)));
  });
  return {
    legId,
    isSource: rank % 4 === 0,
    random,
    perHour: (plan.messages * share) / (plan.days * 24),
    quantiles,
  };
}

/** What a leg has counted so far. */
type BenchChain = { readonly leg: BenchLeg; readonly all: Tally; total: OutcomeCounts };

function aChain(leg: BenchLeg): BenchChain {
  return { leg, all: createTally(), total: noCounts };
}

async function writeDay(
  owner: pg.Client,
  of: { readonly chains: readonly BenchChain[]; readonly dayMs: number; readonly isNewest: boolean },
): Promise<void> {
  const made = of.chains.map((chain) => aDay(chain, of));
  const hours = made.flatMap((day) => day.hours);
  hours.sort((a, b) => a.bucketMs - b.bucketMs || a.legId - b.legId);
  await copyHours(owner, hours);
  await copyMinutes(
    owner,
    made.flatMap((day) => day.minutes),
  );
  await upsertChainRows(owner, { table: "rollup_day", rows: made.map((day) => day.day) });
}

const [own, inDay] = [createTally(), createTally()];

/** The next day of a leg, added to what it has counted so far. */
function aDay(chain: BenchChain, at: { readonly dayMs: number; readonly isNewest: boolean }) {
  const { leg } = chain;
  const hours: ChainRow[] = [];
  const minutes: MinuteRow[] = [];
  let counted = noCounts;
  inDay.clear();
  for (let hour = 0; hour < 24; hour++) {
    const bucketMs = at.dayMs + hour * HOUR_MS;
    const counts = fillHour(own, { leg, hour });
    const hist = own.encode();
    inDay.add(hist);
    counted = addCounts(counted, counts);
    hours.push({ legId: leg.legId, bucketMs, counts, hist, cumCounts: counted, cumHist: inDay.encode() });
    if (at.isNewest) minutes.push(...minutesOf({ leg, bucketMs, own, counts }));
  }
  const hist = inDay.encode();
  chain.all.add(hist);
  chain.total = addCounts(chain.total, counted);
  const cum = { cumCounts: chain.total, cumHist: chain.all.encode() };
  const day: ChainRow = { legId: leg.legId, bucketMs: at.dayMs, counts: counted, hist, ...cum };
  return { hours, minutes, day };
}

/** Fills the tally with one hour of the leg and answers with its outcomes. */
function fillHour(own: Tally, at: { readonly leg: BenchLeg; readonly hour: number }): OutcomeCounts {
  const { leg, hour } = at;
  own.clear();
  // Mean 1 over the day, 0.3 at two in the morning, 1.7 in the afternoon.
  const rhythm = 1 - 0.7 * Math.cos(((hour - 2) / 24) * 2 * Math.PI);
  const count = Math.floor(leg.perHour * rhythm * (0.5 + leg.random()) + leg.random());
  const kinds = leg.isSource ? [kindOffsets.latency] : Object.values(kindOffsets);
  const buckets = kinds.flatMap((offset) => Array.from({ length: count }, () => offset + aBucket(leg)));
  own.addPairs({ buckets, counts: buckets.map(() => 1) });
  const failed = Math.round(count * 0.03 * leg.random());
  return { ...noCounts, ok: count - failed, failed, firstOk: count - failed, firstFailed: failed };
}

function aBucket(leg: BenchLeg): number {
  return leg.quantiles[Math.floor(leg.random() * leg.quantiles.length)] ?? 0;
}

/** Spreads an hour's pairs over its minutes; counts follow the latencies. */
function minutesOf(hour: {
  readonly leg: BenchLeg;
  readonly bucketMs: number;
  readonly own: Tally;
  readonly counts: OutcomeCounts;
}): readonly MinuteRow[] {
  const { leg, bucketMs, own } = hour;
  const spread = new Map<number, { buckets: number[]; counts: number[] }>();
  for (const { bucket, count } of own.buckets("latency")) {
    for (let n = 0; n < count; n++) {
      const minute = Math.floor(leg.random() * 60);
      const pairs = spread.get(minute) ?? { buckets: [], counts: [] };
      pairs.buckets.push(
        ...(leg.isSource ? [bucket] : Object.values(kindOffsets).map((offset) => bucket + offset)),
      );
      pairs.counts.push(...(leg.isSource ? [1] : [1, 1, 1]));
      spread.set(minute, pairs);
    }
  }
  return [...spread].map(([minute, pairs]) => {
    const ok = pairs.buckets.filter((bucket) => bucket < kindOffsets.wait).length;
    return {
      legId: leg.legId,
      bucketMs: bucketMs + minute * 60_000,
      counts: { ...noCounts, ok, firstOk: ok },
      pairs,
    };
  });
}

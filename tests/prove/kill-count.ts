import type { DeliveryObservation } from "@/lib/core/message/schema";
import { bucketOf } from "@/lib/core/metric/latency-buckets";
import { database } from "@/lib/db/client";
import { knownLegs, type LegLookup } from "@/lib/ingest/leg-registry";
import { bruteForceCounts, countPlainly, foldPlainly } from "@/tests/support/brute-force";
import { readTier } from "@/tests/support/tiers";

export type KillCount = {
  readonly deliveries: number;
  /** Acknowledged deliveries that are missing or not as their newest observation says, or not counted in a rollup. */
  readonly lost: number;
  /** Deliveries stored or counted more often than they were sent. */
  readonly doubled: number;
};

const tiers = [
  { table: "rollup_minute", lengthMs: 60_000 },
  { table: "rollup_hour", lengthMs: 3_600_000 },
  { table: "rollup_day", lengthMs: 86_400_000 },
] as const;

/** Compares facts and all three tiers with a plain count of what was acknowledged. Rollups must be worked off before. */
export async function countAfterKills(
  sourceId: number,
  acked: readonly DeliveryObservation[],
): Promise<KillCount> {
  const expected = foldPlainly(acked);
  const legs = await knownLegs(sourceId);
  const facts = await compareFacts(expected, legs);
  const counted = await Promise.all(tiers.map((tier) => compareTier(tier, expected, legs)));
  return {
    deliveries: expected.length,
    lost: facts.lost + Math.max(...counted.map(({ missing }) => missing)),
    doubled: facts.doubled + Math.max(...counted.map(({ excess }) => excess)),
  };
}

async function compareFacts(
  expected: readonly DeliveryObservation[],
  legs: LegLookup,
): Promise<{ readonly lost: number; readonly doubled: number }> {
  const { rows } = await database().pool.query<{
    leg: number;
    message: string;
    ms: number;
    outcome: string;
    first: string;
    seq: number;
  }>(
    `SELECT leg_id AS leg, engine_message_id AS message, round(extract(epoch FROM received_at) * 1000)::float8 AS ms,
       outcome, first_outcome AS first, observed_seq::int AS seq FROM signal.delivery`,
  );
  const stored = new Map(rows.map((row) => [`${row.leg}|${row.message}|${row.ms}`, row]));
  const lost = expected.filter((delivery) => {
    const key = `${legIdOf(delivery, legs)}|${delivery.messageId}|${delivery.receivedAt.getTime()}`;
    const row = stored.get(key);
    stored.delete(key);
    return (
      row?.outcome !== delivery.outcome ||
      row.first !== delivery.firstOutcome ||
      row.seq !== delivery.observedSeq
    );
  });
  // What is left was stored under an identity that nobody sent, or twice under one.
  return { lost: lost.length, doubled: stored.size + (rows.length - new Set(rows.map(keyOfRow)).size) };
}

function keyOfRow(row: { readonly leg: number; readonly message: string; readonly ms: number }): string {
  return `${row.leg}|${row.message}|${row.ms}`;
}

async function compareTier(
  tier: (typeof tiers)[number],
  expected: readonly DeliveryObservation[],
  legs: LegLookup,
): Promise<{ readonly missing: number; readonly excess: number }> {
  const cellOf = (delivery: DeliveryObservation) =>
    `${legIdOf(delivery, legs)}|${Math.floor(delivery.receivedAt.getTime() / tier.lengthMs) * tier.lengthMs}`;
  const plain = countPlainly(expected, cellOf);
  const wanted = new Map<string, number>();
  for (const [key, { counts, latencies }] of plain) {
    for (const name of bruteForceCounts) wanted.set(`${key}|${name}`, counts[name]);
    for (const latency of latencies.latency) {
      const cell = `${key}|bucket ${bucketOf(latency)}`;
      wanted.set(cell, (wanted.get(cell) ?? 0) + 1);
    }
  }
  let missing = 0;
  let excess = 0;
  const see = (cell: string, found: number) => {
    const difference = found - (wanted.get(cell) ?? 0);
    wanted.delete(cell);
    if (difference > 0) excess += difference;
    else missing -= difference;
  };
  for (const row of await readTier(database(), tier.table)) {
    if (row.legId < 0) continue;
    const key = `${row.legId}|${row.bucketMs}`;
    bruteForceCounts.forEach((name, i) => {
      see(`${key}|${name}`, row.counts[i] ?? 0);
    });
    for (const [bucket, count] of row.buckets) if (bucket < 1024) see(`${key}|bucket ${bucket}`, count);
  }
  for (const left of wanted.values()) missing += left;
  return { missing, excess };
}

function legIdOf(delivery: DeliveryObservation, legs: LegLookup): number {
  return legs.leg(delivery)?.legId ?? 0;
}

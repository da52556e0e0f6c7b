import type pg from "pg";
import { type DemoState, demoSettingKey, demoStateJson } from "@/lib/core/demo/schema";
import { AppError } from "@/lib/core/errors";
import { copyDeliveries, copyHours, copyMinutes, insertDays, type MinuteRow } from "./bulk";
import { database } from "./client";
import { copyInstant, copyPlain, copyRows, copyText } from "./copy-rows";
import type { DeliveryRow } from "./delivery-row";
import { ensurePartitions } from "./partitions";
import type { HourOwn } from "./rollup-chain";
import type { ChainRow } from "./rollup-chain-upsert";
import type { SampleRow } from "./samples";

/** Extremes of a gauge within an hour; instants are epoch milliseconds. */
export type GaugeHourRow = {
  readonly legId: number;
  readonly metric: string;
  readonly bucketMs: number;
  readonly min: number;
  readonly max: number;
  readonly last: number;
  readonly lastMs: number;
};

/** All figures of one UTC day. Deliveries, minutes and samples are empty where only hours are kept. */
export type HistoryDay = {
  readonly deliveries: readonly DeliveryRow[];
  readonly minutes: readonly MinuteRow[];
  readonly hours: readonly ChainRow[];
  readonly days: readonly HourOwn[];
  readonly samples: readonly SampleRow[];
  readonly gaugeHours: readonly GaugeHourRow[];
};

/**
 * Loads some days of the demo's past and the state that follows from them, all or nothing. The days are taken one by
 * one, so that only one is in memory at a time. @throws AppError conflict when the demo was removed meanwhile
 */
export async function loadHistory(load: {
  readonly fromMs: number;
  readonly toMs: number;
  readonly keepsDeliveries: boolean;
  readonly days: Iterable<HistoryDay>;
  readonly state: DemoState;
}): Promise<void> {
  const days = { from: new Date(load.fromMs), to: new Date(load.toMs - 1) };
  const tables = load.keepsDeliveries
    ? (["rollup_hour", "delivery", "rollup_minute", "leg_sample"] as const)
    : (["rollup_hour"] as const);
  for (const table of tables) await ensurePartitions(table, days);
  await inLoad(async (client) => {
    const sums: HourOwn[] = [];
    await dropLeftOvers(client, days);
    for (const day of load.days) {
      await copyDeliveries(client, day.deliveries);
      await copyMinutes(client, day.minutes);
      await copyHours(client, day.hours);
      await copySamples(client, day.samples);
      await copyGaugeHours(client, day.gaugeHours);
      sums.push(...day.days);
    }
    await insertDays(client, sums);
    const noted = await client.query(
      "UPDATE public.setting SET value = $2::jsonb, updated_at = now() WHERE key = $1 AND value ->> 'phase' = 'history'",
      [demoSettingKey, JSON.stringify(demoStateJson(load.state))],
    );
    if (noted.rowCount !== 1) throw new AppError("conflict", "The demo was removed while its past was made.");
  });
}

/**
 * Sums of all legs may still stand there from a demo before: a job that ran while it was removed writes them anew, and
 * they would be in the way.
 */
async function dropLeftOvers(
  client: pg.ClientBase,
  days: { readonly from: Date; readonly to: Date },
): Promise<void> {
  for (const table of ["rollup_hour", "rollup_day"]) {
    await client.query(
      `DELETE FROM signal.${table} WHERE leg_id < 0 AND bucket_start >= $1 AND bucket_start <= $2`,
      [days.from, days.to],
    );
  }
}

/** One transaction with room for a long load: limits that protect against slow queries do not apply to it. */
async function inLoad(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await database().pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(
      "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = '5min'; SET LOCAL synchronous_commit = off",
    );
    await work(client);
    await client.query("COMMIT");
    client.release();
  } catch (error) {
    const isLost = await client.query("ROLLBACK").then(
      () => false,
      () => true,
    );
    client.release(isLost);
    throw error;
  }
}

async function copySamples(client: pg.ClientBase, rows: readonly SampleRow[]): Promise<void> {
  await copyRows(client, {
    target: "signal.leg_sample (leg_id, metric, at, value)",
    rows,
    fields: (row) => [
      copyPlain(row.ownerId),
      copyText(row.metric),
      copyInstant(row.atMs),
      copyPlain(row.value ?? undefined),
    ],
  });
}

async function copyGaugeHours(client: pg.ClientBase, rows: readonly GaugeHourRow[]): Promise<void> {
  await copyRows(client, {
    target: "signal.leg_gauge_hour (leg_id, metric, bucket_start, min_value, max_value, last_value, last_at)",
    rows,
    fields: (row) => [
      copyPlain(row.legId),
      copyText(row.metric),
      copyInstant(row.bucketMs),
      ...[row.min, row.max, row.last].map(copyPlain),
      copyInstant(row.lastMs),
    ],
  });
}

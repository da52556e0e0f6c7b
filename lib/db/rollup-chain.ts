import type pg from "pg";
import { createTally, type Tally } from "@/lib/core/metric/histogram";
import { addCounts, noCounts, type OutcomeCounts } from "@/lib/core/metric/outcome-counts";
import { readChainRows } from "./rollup-chain-rows";
import { type ChainRow, upsertChainRows } from "./rollup-chain-upsert";

/** What one leg (or group) counted in one hour. */
export type HourOwn = {
  readonly legId: number;
  readonly bucketMs: number;
  readonly counts: OutcomeCounts;
  readonly hist: Buffer;
};

/**
 * Writes hours as counted, and every row that follows from them: the cumulative hours of their day, the days, and the
 * cumulative days up to the newest. Computed from rows only, so running it twice changes nothing. The caller holds
 * signal.rollup_lock of every leg.
 */
export async function writeHours(client: pg.PoolClient, hours: readonly HourOwn[]): Promise<void> {
  const hourRows: ChainRow[] = [];
  const days: HourOwn[] = [];
  const tally = createTally();
  const runs = runsOf(hours, (hour) => `${hour.legId}/${dayOf(hour.bucketMs)}`);
  const ends = runs.map(({ first }) => dayOf(first.bucketMs) + DAY_MS);
  const found = await readChainRows(client, { table: "rollup_hour", runs: runs.map(startOf), ends });
  runs.forEach((run, i) => {
    const rows = accumulate({ tally, run, before: found[i]?.before, later: found[i]?.later ?? [] });
    hourRows.push(...rows);
    const last = rows.at(-1);
    if (last === undefined) return;
    days.push({
      legId: last.legId,
      bucketMs: dayOf(last.bucketMs),
      counts: last.cumCounts,
      hist: last.cumHist,
    });
  });
  await upsertChainRows(client, { table: "rollup_hour", rows: hourRows });
  await writeDays(client, days);
}

async function writeDays(client: pg.PoolClient, days: readonly HourOwn[]): Promise<void> {
  const tally = createTally();
  const runs = runsOf(days, (day) => String(day.legId));
  const found = await readChainRows(client, {
    table: "rollup_day",
    runs: runs.map(startOf),
    ends: undefined,
  });
  const rows = runs.flatMap((run, i) =>
    accumulate({ tally, run, before: found[i]?.before, later: found[i]?.later ?? [] }),
  );
  await upsertChainRows(client, { table: "rollup_day", rows });
}

/** New rows of one chain, ascending: of one leg's day in hours, or of one leg in days. */
type Run = { readonly first: HourOwn; readonly fresh: readonly HourOwn[] };

function runsOf(rows: readonly HourOwn[], keyOf: (row: HourOwn) => string): readonly Run[] {
  const byKey = new Map<string, HourOwn[]>();
  for (const row of rows) {
    const run = byKey.get(keyOf(row));
    if (run === undefined) byKey.set(keyOf(row), [row]);
    else run.push(row);
  }
  return [...byKey.values()].flatMap((run) => {
    const fresh = run.sort((a, b) => a.bucketMs - b.bucketMs);
    const first = fresh[0];
    return first === undefined ? [] : [{ first, fresh }];
  });
}

function startOf({ first }: Run): { readonly legId: number; readonly fromMs: number } {
  return { legId: first.legId, fromMs: first.bucketMs };
}

/** The rows of a chain from its first new one on: each with its own figures and the sum of all up to it. */
function accumulate(chain: {
  readonly tally: Tally;
  readonly run: Run;
  readonly before: { readonly counts: OutcomeCounts; readonly hist: Buffer } | undefined;
  readonly later: readonly HourOwn[];
}): readonly ChainRow[] {
  const rows = new Map(chain.later.map((row) => [row.bucketMs, row]));
  for (const row of chain.run.fresh) rows.set(row.bucketMs, row);
  const tally = chain.tally;
  tally.clear();
  if (chain.before !== undefined) tally.add(chain.before.hist);
  let cumCounts = chain.before?.counts ?? noCounts;
  return [...rows.values()]
    .sort((a, b) => a.bucketMs - b.bucketMs)
    .map((row) => {
      tally.add(row.hist);
      cumCounts = addCounts(cumCounts, row.counts);
      return { ...row, cumCounts, cumHist: tally.encode() };
    });
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

const DAY_MS = 86_400_000;

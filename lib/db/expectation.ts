import type { Reach } from "@/lib/core/authz/policy";
import type { Expectation, ExpectedVolume } from "@/lib/core/expectation/history";
import { database } from "./client";
import type { Transaction } from "./transaction";
import { departmentWithin } from "./within-reach";

type Row = {
  readonly interfaceId: number;
  readonly zone: string | null;
  readonly weeks: number;
  readonly quietLimit: number;
  readonly isScheduled: boolean;
  readonly busyMinutes: readonly number[];
  readonly longestQuiet: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly median: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  readonly limitMinutes: number | null;
};

/** What is expected of an interface: as it was learnt, and as its owner says. Either may be missing. */
export type KnownExpectation = {
  readonly learnt: Expectation | undefined;
  readonly ownerLimitMs: number | undefined;
};

/** Expectations of interfaces that have one, or a limit. One key an interface. */
export async function readExpectationsOf(
  interfaceIds: readonly number[],
): Promise<ReadonlyMap<number, KnownExpectation>> {
  const { rows } = await database().pool.query<Row>({
    name: "expectations",
    text: `
      SELECT i.id AS "interfaceId", e.zone, e.weeks, e.quiet_limit AS "quietLimit", e.is_scheduled AS "isScheduled",
        e.busy_minutes AS "busyMinutes", e.longest_quiet AS "longestQuiet", e.volume_low AS low,
        e.volume_median AS median, e.volume_high AS high, l.minutes AS "limitMinutes"
      FROM unnest($1::int4[]) AS i(id)
      LEFT JOIN signal.expected_volume e ON e.interface_id = i.id
      LEFT JOIN signal.silence_limit l ON l.interface_id = i.id
      WHERE e.interface_id IS NOT NULL OR l.interface_id IS NOT NULL`,
    values: [interfaceIds],
  });
  return new Map(
    rows.map((row) => [
      row.interfaceId,
      {
        learnt: learntOf(row),
        ownerLimitMs: row.limitMinutes === null ? undefined : row.limitMinutes * 60_000,
      },
    ]),
  );
}

/** Keeps what was learnt, in place of what was learnt before. */
export async function putExpectation(ask: {
  readonly interfaceId: number;
  readonly expectation: Expectation;
  readonly now: Date;
}): Promise<void> {
  const { zone, weeks, quietLimit, isScheduled, busyMinutes, longestQuiet, volume } = ask.expectation;
  const of = (pick: (hour: NonNullable<ExpectedVolume>) => number) =>
    volume.map((hour) => (hour === null ? null : pick(hour)));
  await database().pool.query(
    `INSERT INTO signal.expected_volume (interface_id, learnt_at, zone, weeks, quiet_limit, is_scheduled, busy_minutes,
       longest_quiet, volume_low, volume_median, volume_high)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (interface_id) DO UPDATE SET learnt_at = excluded.learnt_at, zone = excluded.zone, weeks = excluded.weeks,
       quiet_limit = excluded.quiet_limit, is_scheduled = excluded.is_scheduled, busy_minutes = excluded.busy_minutes,
       longest_quiet = excluded.longest_quiet, volume_low = excluded.volume_low, volume_median = excluded.volume_median,
       volume_high = excluded.volume_high`,
    [
      ask.interfaceId,
      ask.now,
      zone,
      weeks,
      quietLimit,
      isScheduled,
      busyMinutes,
      longestQuiet,
      of(({ low }) => low),
      of(({ median }) => median),
      of(({ high }) => high),
    ],
  );
}

/** Interfaces that were not learnt since, among these. */
export async function notLearntSince(
  interfaceIds: readonly number[],
  since: Date,
): Promise<ReadonlySet<number>> {
  const { rows } = await database().pool.query<{ id: number }>(
    `SELECT i.id FROM unnest($1::int4[]) AS i(id)
     WHERE NOT EXISTS (SELECT FROM signal.expected_volume e WHERE e.interface_id = i.id AND e.learnt_at >= $2)`,
    [interfaceIds, since],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Sets how long an interface may be quiet, or takes the limit away. False = no such interface within reach. */
export async function changeSilenceLimit(
  tx: Transaction,
  change: {
    readonly interfaceId: number;
    readonly minutes: number | null;
    readonly by: string;
    readonly now: Date;
    readonly reach: Reach;
  },
): Promise<boolean> {
  const { interfaceId: id, minutes, by, now, reach } = change;
  const found = await tx.interface.findFirst({
    where: { id, ...departmentWithin(reach) },
    select: { id: true },
  });
  if (found === null) return false;
  if (minutes === null) await tx.$executeRaw`DELETE FROM signal.silence_limit WHERE interface_id = ${id}`;
  else
    await tx.$executeRaw`
      INSERT INTO signal.silence_limit (interface_id, minutes, changed_at, changed_by) VALUES (${id}, ${minutes}, ${now}, ${by})
      ON CONFLICT (interface_id) DO UPDATE SET minutes = excluded.minutes, changed_at = excluded.changed_at, changed_by = excluded.changed_by`;
  return true;
}

function learntOf(row: Row): Expectation | undefined {
  const { zone, weeks, quietLimit, isScheduled, busyMinutes, longestQuiet } = row;
  if (zone === null) return undefined;
  const volume = row.median.map((median, hour) => {
    const [low, high] = [row.low[hour] ?? null, row.high[hour] ?? null];
    return median === null || low === null || high === null ? null : { low, median, high };
  });
  return { zone, weeks, quietLimit, isScheduled, busyMinutes, longestQuiet, volume };
}

import type { TimeRange } from "@/lib/core/time/range";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";

/** Minutes since the epoch in which messages came in on any of these legs, ascending, and how many. One range of keys a leg. */
export async function readBusyMinutes(
  legIds: readonly number[],
  range: TimeRange,
): Promise<{ readonly busy: readonly number[]; readonly messages: readonly number[] }> {
  const { rows } = await database().pool.query<[string, string]>({
    name: "busy-minutes",
    text: `
      SELECT extract(epoch FROM m.bucket_start)::int8 / 60, sum(${ALL})
      FROM signal.rollup_minute m
      WHERE m.leg_id = ANY($1::int4[]) AND m.bucket_start >= $2 AND m.bucket_start < $3
      GROUP BY 1 HAVING sum(${ALL}) > 0 ORDER BY 1`,
    values: [arrayLiteral(legIds, (legId) => legId), range.from, range.to],
    rowMode: "array",
  });
  return { busy: rows.map(([minute]) => Number(minute)), messages: rows.map(([, sum]) => Number(sum)) };
}

/** Minutes with a message of many legs, each within a range of its own; by leg, ascending. */
export async function readBusyMinutesOf(
  asked: readonly { readonly legId: number; readonly range: TimeRange }[],
): Promise<readonly { readonly legId: number; readonly minute: number }[]> {
  if (asked.length === 0) return [];
  const { rows } = await database().pool.query<[number, string]>({
    name: "busy-minutes-of",
    text: `
      SELECT a.leg_id, extract(epoch FROM m.bucket_start)::int8 / 60
      FROM unnest($1::int4[], $2::float8[], $3::float8[]) AS a(leg_id, from_ms, to_ms)
      JOIN signal.rollup_minute m ON m.leg_id = a.leg_id
        AND m.bucket_start >= to_timestamp(a.from_ms / 1000) AND m.bucket_start < to_timestamp(a.to_ms / 1000)
      WHERE ${ALL} > 0
      ORDER BY 1, 2`,
    values: [
      arrayLiteral(asked, ({ legId }) => legId),
      arrayLiteral(asked, ({ range }) => range.from.getTime()),
      arrayLiteral(asked, ({ range }) => range.to.getTime()),
    ],
    rowMode: "array",
  });
  return rows.map(([legId, minute]) => ({ legId, minute: Number(minute) }));
}

const ALL = "(m.ok + m.failed + m.filtered + m.pending + m.unknown)";

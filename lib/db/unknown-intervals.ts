import type { TimeRange } from "@/lib/core/time/range";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";

/** A time about which nothing can be said of some legs. Open ends reach to the end of the range asked for. */
export type UnknownInterval = TimeRange & { readonly cause: string };

type Row = { readonly from_at: Date; readonly to_at: Date | null; readonly cause: string };

/** Intervals of these sources as a whole, or of one of these legs, that touch the range; cut to it, ascending. */
export async function readUnknownIntervals(ask: {
  readonly sourceIds: readonly number[];
  readonly legIds: readonly number[];
  readonly range: TimeRange;
}): Promise<readonly UnknownInterval[]> {
  const { range } = ask;
  const { rows } = await database().pool.query<Row>(
    `SELECT from_at, to_at, cause FROM signal.unknown_interval
     WHERE source_id = ANY($1::int4[]) AND (leg_id = 0 OR leg_id = ANY($2::int4[]))
       AND from_at < $4 AND (to_at IS NULL OR to_at > $3)
     ORDER BY from_at`,
    [arrayLiteral(ask.sourceIds, (id) => id), arrayLiteral(ask.legIds, (id) => id), range.from, range.to],
  );
  return rows.map((row) => ({
    from: new Date(Math.max(row.from_at.getTime(), range.from.getTime())),
    to: new Date(Math.min(row.to_at?.getTime() ?? Number.POSITIVE_INFINITY, range.to.getTime())),
    cause: row.cause,
  }));
}

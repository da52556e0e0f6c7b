import type { TimeRange } from "@/lib/core/time/range";
import { database } from "./client";

/** A time in which a source could not be seen as a whole. */
export type SourceGap = TimeRange & { readonly sourceId: number };

/** Gaps of all sources that touch the range; an open one reaches to its end. */
export async function readSourceGaps(range: TimeRange): Promise<readonly SourceGap[]> {
  const { rows } = await database().pool.query<SourceGap>({
    name: "source-gaps",
    text: `
      SELECT source_id AS "sourceId", from_at AS "from", coalesce(to_at, $2) AS "to" FROM signal.unknown_interval
      WHERE leg_id = 0 AND from_at < $2 AND (to_at IS NULL OR to_at > $1)`,
    values: [range.from, range.to],
  });
  return rows;
}

import type { Reach } from "@/lib/core/authz/policy";
import type { TimeRange } from "@/lib/core/time/range";
import { database } from "./client";
import { isWithinReach, reachValue } from "./within-reach";

/** Something that happened at a source or to one of its interfaces. */
export type ChangeRecord = {
  readonly at: Date;
  readonly kind: string;
  readonly detail: string;
  /** True for what concerned the source as a whole. */
  readonly isOfSource: boolean;
};

/** Changes of one interface within reach and of its source in a range, newest first, at most `limit`. Primary key of signal.change. */
export async function readChanges(ask: {
  readonly interfaceId: number;
  readonly range: TimeRange;
  readonly limit: number;
  readonly reach: Reach;
}): Promise<readonly ChangeRecord[]> {
  const { rows } = await database().pool.query<ChangeRecord>(
    `SELECT c.at, c.kind, c.detail, c.interface_id = 0 AS "isOfSource"
     FROM signal.change c JOIN public.interface i ON i.source_id = c.source_id
     WHERE i.id = $1 AND ${isWithinReach("$5")} AND c.interface_id IN (0, i.id) AND c.at >= $2 AND c.at < $3
     ORDER BY c.at DESC LIMIT $4`,
    [ask.interfaceId, ask.range.from, ask.range.to, ask.limit, reachValue(ask.reach)],
  );
  return rows;
}

import type { FailureReason } from "@/lib/core/message/reason";
import type { TimeRange } from "@/lib/core/time/range";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";

/** How often one leg failed for one reason; null = the source gave none. */
export type ReasonCount = {
  readonly legId: number;
  readonly reason: FailureReason | null;
  readonly failed: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
};

/** Counting stops after this many failures of a leg, newest first: by then the reasons are plain. */
export const REASON_CAP = 20_000;

/** Reasons of the failures of legs in a range, most frequent first. Index delivery_leg_failed, newest REASON_CAP a leg. */
export async function readReasonCounts(ask: {
  readonly legIds: readonly number[];
  readonly range: TimeRange;
}): Promise<readonly ReasonCount[]> {
  const { rows } = await database().pool.query<ReasonCount>(
    `SELECT leg.id AS "legId", d.reason, count(*)::int AS failed, min(d.received_at) AS "firstAt", max(d.received_at) AS "lastAt"
     FROM unnest($1::int4[]) AS leg(id)
     CROSS JOIN LATERAL (
       SELECT d.reason, d.received_at FROM signal.delivery d
       WHERE d.leg_id = leg.id AND d.outcome = 'failed' AND d.received_at >= $2 AND d.received_at < $3
       ORDER BY d.received_at DESC, d.id DESC LIMIT ${REASON_CAP}
     ) d
     GROUP BY 1, 2 ORDER BY 3 DESC`,
    [arrayLiteral(ask.legIds, (legId) => legId), ask.range.from, ask.range.to],
  );
  return rows;
}

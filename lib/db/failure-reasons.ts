import type { FailureReason } from "@/lib/core/message/reason";
import { REASON_CAP } from "@/lib/core/message/reason-cap";
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

/** Reasons of the failures of legs in a range, most frequent first. Index delivery_leg_failed, newest `cap` a leg. */
export async function readReasonCounts(ask: {
  readonly legIds: readonly number[];
  readonly range: TimeRange;
  readonly cap?: number;
}): Promise<readonly ReasonCount[]> {
  const { rows } = await database().pool.query<ReasonCount>(
    `SELECT leg.id AS "legId", d.reason, count(*)::int AS failed, min(d.received_at) AS "firstAt", max(d.received_at) AS "lastAt"
     FROM unnest($1::int4[]) AS leg(id)
     CROSS JOIN LATERAL (
       SELECT d.reason, d.received_at FROM signal.delivery d
       WHERE d.leg_id = leg.id AND d.outcome = 'failed' AND d.received_at >= $2 AND d.received_at < $3
       ORDER BY d.received_at DESC, d.id DESC LIMIT $4
     ) d
     GROUP BY 1, 2 ORDER BY 3 DESC`,
    [arrayLiteral(ask.legIds, (legId) => legId), ask.range.from, ask.range.to, ask.cap ?? REASON_CAP],
  );
  return rows;
}

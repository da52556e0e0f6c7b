import type { Reach } from "@/lib/core/authz/policy";
import { WITNESS_MS } from "@/lib/core/message/witness";
import { database } from "./client";
import { type DeliveryLine, lineColumns } from "./delivery-line";
import { isLegWithinReach, reachValue } from "./within-reach";

/** What a source's newest messages say when they are looked for at the other sources. */
export type LoneSightings = {
  /** Messages that were looked for, and those of them that another source has too. */
  readonly checked: number;
  readonly shared: number;
  /** The newest that no other source has, at most `limit`. */
  readonly lone: readonly DeliveryLine[];
};

/**
 * Looks for the newest messages of a source, received before `until`, at all other sources by control id: at most `most`
 * of them, each by one lookup in the index of control ids.
 */
export async function readLoneSightings(ask: {
  readonly sourceId: number;
  readonly from: Date;
  readonly until: Date;
  readonly most: number;
  readonly limit: number;
  readonly reach: Reach;
}): Promise<LoneSightings> {
  const { rows } = await database().pool.query<DeliveryLine & { readonly shared: boolean }>(
    `WITH newest AS MATERIALIZED (
       SELECT d.* FROM signal.delivery d
       WHERE d.leg_id = ANY(ARRAY(SELECT id FROM public.leg WHERE source_id = $1)) AND ${isLegWithinReach("d.leg_id", "$5")}
         AND d.received_at >= $2 AND d.received_at < $3 AND d.control_id IS NOT NULL AND d.message_type IS DISTINCT FROM 'ACK'
       ORDER BY d.received_at DESC LIMIT $4)
     SELECT ${lineColumns("n")}, EXISTS (
       SELECT FROM signal.delivery o JOIN public.leg l ON l.id = o.leg_id
       WHERE o.control_id = n.control_id AND l.source_id <> $1
         AND (o.message_type IS NULL OR n.message_type IS NULL OR o.message_type = n.message_type)
         AND o.received_at >= n.received_at - make_interval(secs => $6) AND o.received_at <= n.received_at + make_interval(secs => $6)
     ) AS shared
     FROM newest n ORDER BY n.received_at DESC`,
    [ask.sourceId, ask.from, ask.until, ask.most, reachValue(ask.reach), WITNESS_MS / 1_000],
  );
  const lone = rows.filter(({ shared }) => !shared);
  return {
    checked: rows.length,
    shared: rows.length - lone.length,
    lone: lone.slice(0, ask.limit).map(({ shared: _shared, ...line }) => line),
  };
}

import { database } from "./client";

/** What a port for datagrams lost within a range. Null = not measured. */
export type Losses = { readonly dropped: number | null; readonly unread: number | null };

/**
 * How often two counters of a port rose. They begin anew with the port, so a fall counts as a rise from zero; what was
 * lost before the first reading of the range is not in it. Undefined where the source tells of no losses.
 */
export async function readLosses(ask: {
  readonly sourceId: number;
  readonly from: Date;
  readonly to: Date;
}): Promise<Losses | undefined> {
  const { rows } = await database().pool.query<{ metric: string; lost: number | null }>(
    `SELECT metric, sum(CASE WHEN before IS NULL THEN 0 WHEN value < before THEN value ELSE value - before END)::float8 AS lost
     FROM (
       SELECT metric, value, lag(value) OVER (PARTITION BY metric ORDER BY at) AS before FROM signal.source_sample
       WHERE source_id = $1 AND metric IN ('droppedAuditMessages', 'unreadDatagrams')
         AND at >= $2::timestamptz AND at < $3::timestamptz AND value IS NOT NULL
     ) AS reading GROUP BY metric`,
    [ask.sourceId, ask.from, ask.to],
  );
  const of = (metric: string) => rows.find((row) => row.metric === metric)?.lost ?? null;
  return rows.length === 0
    ? undefined
    : { dropped: of("droppedAuditMessages"), unread: of("unreadDatagrams") };
}

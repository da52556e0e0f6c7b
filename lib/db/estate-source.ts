import { database } from "./client";

/** What the reading of a source tells of its system. */
export type SourceSays = {
  readonly sourceId: number;
  /** Milliseconds that the source's clock is ahead of ours, as last measured within a day. */
  readonly clockSkewMs: number | undefined;
  readonly lastChange: { readonly at: Date; readonly detail: string } | undefined;
};

/** For each of the sources: its clock and the last change of its version. Primary keys of signal.source_sample and signal.change. */
export async function readSourceSays(ask: {
  readonly sourceIds: readonly number[];
  readonly now: Date;
}): Promise<readonly SourceSays[]> {
  if (ask.sourceIds.length === 0) return [];
  const { rows } = await database().pool.query<{
    readonly id: number;
    readonly skew: number | null;
    readonly at: Date | null;
    readonly detail: string | null;
  }>(
    `SELECT s.id, skew.value AS skew, change.at, change.detail
     FROM unnest($1::int[]) AS s(id)
     LEFT JOIN LATERAL (
       SELECT value::float8 AS value FROM signal.source_sample
       WHERE source_id = s.id AND metric = 'clockSkewMs' AND at > $2::timestamptz - interval '1 day' AND at <= $2::timestamptz
       ORDER BY at DESC LIMIT 1
     ) skew ON true
     LEFT JOIN LATERAL (
       SELECT at, detail FROM signal.change
       WHERE source_id = s.id AND interface_id = 0 AND kind = 'version_changed' ORDER BY at DESC LIMIT 1
     ) change ON true`,
    [ask.sourceIds, ask.now],
  );
  return rows.map(({ id, skew, at, detail }) => ({
    sourceId: id,
    clockSkewMs: skew ?? undefined,
    lastChange: at === null ? undefined : { at, detail: detail ?? "" },
  }));
}

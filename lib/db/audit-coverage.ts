import type { TimeRange } from "@/lib/core/time/range";
import { database } from "./client";

/** What a source contributes to the question who saw a patient. */
export type SourceCoverage = {
  readonly sourceId: number;
  readonly name: string;
  /** Of its oldest and newest audit event that is kept; undefined where it feeds none. */
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  /** Whether any of its events names a patient at all. */
  readonly namesPatients: boolean;
  /** Its clock minus ours when it was last measured. */
  readonly clockSkewMs: number | undefined;
  /** Times within the range in which it could not be seen. */
  readonly gaps: readonly TimeRange[];
};

type Row = {
  readonly sourceId: number;
  readonly name: string;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly namesPatients: boolean;
  readonly clockSkewMs: number | null;
};

/** Every source with what of its audit is kept. A few index lookups each. */
export async function readSourceCoverage(range: TimeRange): Promise<readonly SourceCoverage[]> {
  const { rows } = await database().pool.query<Row>(
    `SELECT s.id AS "sourceId", s.name,
       (SELECT e.at FROM signal.external_audit_event e WHERE e.source_id = s.id ORDER BY e.at LIMIT 1) AS "from",
       (SELECT e.at FROM signal.external_audit_event e WHERE e.source_id = s.id ORDER BY e.at DESC LIMIT 1) AS "to",
       EXISTS (SELECT FROM signal.external_audit_event e WHERE e.source_id = s.id AND e.patient_ref IS NOT NULL) AS "namesPatients",
       (SELECT m.value FROM signal.source_sample m WHERE m.source_id = s.id AND m.metric = 'clockSkewMs'
        ORDER BY m.at DESC LIMIT 1) AS "clockSkewMs"
     FROM public.source s WHERE s.removed_at IS NULL OR s.removed_at > $1 ORDER BY s.name`,
    [range.from],
  );
  const gaps = await readGaps(range);
  return rows.map((row) => ({
    ...row,
    from: row.from ?? undefined,
    to: row.to ?? undefined,
    clockSkewMs: row.clockSkewMs ?? undefined,
    gaps: gaps.filter(({ sourceId }) => sourceId === row.sourceId).map(({ from, to }) => ({ from, to })),
  }));
}

async function readGaps(range: TimeRange): Promise<readonly (TimeRange & { readonly sourceId: number })[]> {
  const { rows } = await database().pool.query(
    `SELECT source_id AS "sourceId", greatest(from_at, $1) AS "from", least(coalesce(to_at, $2), $2) AS "to"
     FROM signal.unknown_interval
     WHERE leg_id = 0 AND from_at < $2 AND (to_at IS NULL OR to_at > $1) ORDER BY from_at`,
    [range.from, range.to],
  );
  return rows;
}

/** Since when lines of our own trail name patients by reference: what was opened before cannot be told by patient. */
export async function readOwnCoverageStart(): Promise<Date | undefined> {
  const { rows } = await database().pool.query<{ at: Date }>(
    "SELECT finished_at AS at FROM public._prisma_migrations WHERE migration_name = '0009_disclosure'",
  );
  return rows[0]?.at;
}

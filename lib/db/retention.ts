import { database } from "./client";
import type { PartitionedTable } from "./partitions";
import type { Transaction } from "./transaction";

/** What a deletion took away and what holds kept. `oldest` and `newest` are of what was deleted. */
export type Deletion = {
  readonly deleted: number;
  readonly held: number;
  readonly oldest: Date | undefined;
  readonly newest: Date | undefined;
};

type Row = {
  readonly deleted: bigint;
  readonly held: bigint;
  readonly oldest: Date | null;
  readonly newest: Date | null;
};

/** Deletes what lies in partitions that end before the UTC day of `before`, but for what is on hold. */
export async function deleteExpiredFacts(
  tx: Transaction,
  ask: { readonly table: PartitionedTable; readonly before: Date },
): Promise<Deletion> {
  const day = ask.before.toISOString().slice(0, 10);
  const rows = await tx.$queryRaw<Row[]>`SELECT * FROM signal.delete_expired(${ask.table}, ${day}::date)`;
  return deletionOf(rows);
}

/**
 * Deletes dead letters that were settled and last seen before an instant. Their content is encrypted and is not searched:
 * while anything of a patient or a person is on hold, every letter is.
 */
export async function deleteSettledLetters(tx: Transaction, before: Date): Promise<Deletion> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH expired AS (
      SELECT l.id, l.settled_at, EXISTS (
        SELECT FROM signal.legal_hold h
        WHERE h.lifted_at IS NULL AND (h.kind <> 'period' OR (l.last_seen >= h.from_at AND l.first_seen < h.to_at))
      ) AS is_held
      FROM signal.dead_letter l
      WHERE l.state <> 'open' AND l.settled_at < ${before} AND l.last_seen < ${before}
    ), gone AS (
      DELETE FROM signal.dead_letter l USING expired e WHERE l.id = e.id AND NOT e.is_held RETURNING e.settled_at
    )
    SELECT (SELECT count(*) FROM gone) AS deleted, (SELECT count(*) FROM expired WHERE is_held) AS held,
      (SELECT min(settled_at) FROM gone) AS oldest, (SELECT max(settled_at) FROM gone) AS newest`;
  return deletionOf(rows);
}

/** Deletes hourly extremes of gauges before an instant, but for periods on hold. One range of the primary key a gauge. */
export async function deleteGaugeHours(tx: Transaction, before: Date): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM signal.leg_gauge_hour g USING signal.leg_now n
    WHERE g.leg_id = n.leg_id AND g.metric = n.metric AND g.bucket_start < ${before}
      AND NOT EXISTS (
        SELECT FROM signal.legal_hold h WHERE h.lifted_at IS NULL
          AND g.bucket_start < h.to_at AND g.bucket_start >= h.from_at - interval '1 hour')`;
}

/** The instant of the oldest row of a partitioned table; undefined when it is empty. */
export async function oldestFact(table: PartitionedTable): Promise<Date | undefined> {
  return oldestOf("SELECT signal.oldest_kept($1) AS oldest", [table]);
}

/** When the oldest settled dead letter was settled. */
export async function oldestSettledLetter(): Promise<Date | undefined> {
  return oldestOf("SELECT min(settled_at) AS oldest FROM signal.dead_letter WHERE state <> 'open'");
}

export async function oldestDay(): Promise<Date | undefined> {
  return oldestOf("SELECT min(bucket_start) AS oldest FROM signal.rollup_day");
}

/** When somebody was first shown values, first took up work, or first used emergency access. */
export async function oldestDisclosure(): Promise<Date | undefined> {
  return oldestOf(
    `SELECT least((SELECT min(granted_at) FROM signal.disclosure_grant), (SELECT min(started_at) FROM signal.break_glass),
       (SELECT min(claimed_at) FROM signal.work_claim)) AS oldest`,
  );
}

/** The instant of the first line of our own audit trail. */
export async function oldestAuditLine(): Promise<Date | undefined> {
  return oldestOf("SELECT at AS oldest FROM signal.audit_leaf ORDER BY id LIMIT 1");
}

/** The newest audit line of a deletion for each kind that had one; `detail` is to be parsed. */
export async function readLastDeletions(
  entityType: string,
): Promise<readonly { readonly kind: string; readonly at: Date; readonly detail: unknown }[]> {
  const { rows } = await database().pool.query<{ kind: string; at: Date; detail: unknown }>(
    `SELECT DISTINCT ON (entity_id) entity_id AS kind, at, detail FROM signal.audit_leaf
     WHERE entity_type = $1 AND outcome = 'success' ORDER BY entity_id, at DESC, id DESC`,
    [entityType],
  );
  return rows;
}

async function oldestOf(text: string, values: readonly string[] = []): Promise<Date | undefined> {
  const { rows } = await database().pool.query<{ oldest: Date | null }>(text, [...values]);
  return rows[0]?.oldest ?? undefined;
}

function deletionOf([row]: readonly Row[]): Deletion {
  return {
    deleted: Number(row?.deleted ?? 0),
    held: Number(row?.held ?? 0),
    oldest: row?.oldest ?? undefined,
    newest: row?.newest ?? undefined,
  };
}

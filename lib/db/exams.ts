import type pg from "pg";
import type { ExamFact } from "@/lib/core/clinical/schema";
import type { ObjectHistory } from "@/lib/core/journey/events";
import type { Journey } from "@/lib/core/journey/journey";
import { arrayLiteral, bytesElement } from "./array-literal";
import { readVersions } from "./clinical-facts";

/** Accessions of the exams that facts with these references belong to, where the facts themselves name none. */
export async function accessionsOf(
  client: pg.ClientBase,
  ask: { readonly studies: readonly Buffer[]; readonly orders: readonly Buffer[] },
): Promise<readonly Buffer[]> {
  if (ask.studies.length + ask.orders.length === 0) return [];
  const { rows } = await client.query<{ ref: Buffer }>(
    `SELECT DISTINCT accession_ref AS ref FROM clinical.fact
     WHERE accession_ref IS NOT NULL AND (study_ref = ANY($1::bytea[]) OR order_refs && $2::bytea[])`,
    [arrayLiteral(ask.studies, bytesElement), arrayLiteral(ask.orders, bytesElement)],
  );
  return rows.map(({ ref }) => ref);
}

/** Makes sure that exams have a row, and locks them to the end of the transaction, always in one order. */
export async function lockExams(
  client: pg.ClientBase,
  accessions: readonly Buffer[],
  now: Date,
): Promise<readonly { readonly id: string; readonly accession: Buffer }[]> {
  const refs = arrayLiteral(accessions, bytesElement);
  await client.query(
    `INSERT INTO clinical.exam (id, accession_ref, state, leg, started_at, changed_at)
     SELECT gen_random_uuid(), ref, 'waiting', 'toStart', $2, $2 FROM unnest($1::bytea[]) AS n(ref) ORDER BY ref
     ON CONFLICT (accession_ref) DO NOTHING`,
    [refs, now],
  );
  const { rows } = await client.query<{ id: string; accession: Buffer }>(
    `SELECT id::text, accession_ref AS accession FROM clinical.exam WHERE accession_ref = ANY($1::bytea[])
     ORDER BY accession_ref FOR UPDATE`,
    [refs],
  );
  return rows;
}

/**
 * All that is known of one exam: facts that name its accession, and those that name none but one of its studies or
 * orders. Indexes fact_accession, fact_study, fact_order.
 */
export async function readExamHistory(
  client: Pick<pg.ClientBase, "query">,
  accession: Buffer,
): Promise<readonly ObjectHistory[]> {
  const { rows } = await client.query<{ id: string; source_id: number }>(
    `WITH own AS (SELECT id, source_id, study_ref, order_refs FROM clinical.fact WHERE accession_ref = $1)
     SELECT id::text, source_id FROM own
     UNION
     SELECT f.id::text, f.source_id FROM clinical.fact f
     WHERE f.accession_ref IS NULL AND f.kind <> 'patient' AND (
       f.study_ref IN (SELECT study_ref FROM own)
       OR f.order_refs && (SELECT coalesce(array_agg(o.one), '{}') FROM own, unnest(own.order_refs) AS o(one)))
     ORDER BY 1`,
    [accession],
  );
  const versions = await readVersions(
    client,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, source_id: sourceId }): readonly ObjectHistory[] => {
    const facts = (versions.get(id) ?? []).flatMap(({ fact }): readonly ExamFact[] =>
      fact.kind === "patient" ? [] : [fact],
    );
    const [first, ...rest] = facts;
    return first === undefined ? [] : [{ sourceId, facts: [first, ...rest] }];
  });
}

/** Writes where an exam stands. Its row is locked by lockExams. */
export async function updateExam(
  client: pg.ClientBase,
  exam: { readonly id: string; readonly journey: Journey; readonly now: Date },
): Promise<void> {
  const { id, journey, now } = exam;
  const { waiting, state } = journey;
  await client.query(
    `UPDATE clinical.exam SET state = $2, leg = $3, since = $4, due_at = $5, department = $6, modality = $7,
       procedure = $8, started_at = coalesce($9, started_at), changed_at = $10,
       closed_at = CASE WHEN $2 = 'waiting' THEN NULL ELSE coalesce(closed_at, $10) END
     WHERE id = $1`,
    [
      id,
      state,
      waiting?.leg ?? null,
      waiting?.since ?? null,
      waiting?.dueAt ?? null,
      journey.department ?? null,
      journey.modality ?? null,
      journey.procedure ?? null,
      journey.events[0]?.at ?? null,
      now,
    ],
  );
}

/** Exams that no fact tells of any more. */
export async function deleteEmptyExam(client: pg.ClientBase, id: string): Promise<void> {
  await client.query("DELETE FROM clinical.exam WHERE id = $1", [id]);
}

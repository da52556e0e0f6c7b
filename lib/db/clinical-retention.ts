import { database } from "./client";
import { keepWritersOut } from "./clinical-locks";
import type { Deletion } from "./retention";
import type { Transaction } from "./transaction";

/** So many exams, and so many other objects, go in one run, because writers wait for it; the next run takes the rest. */
const MOST_A_RUN = 2_000;

type FactRow = { readonly changed_at: Date };

/**
 * Deletes exams that were closed, and last told of, before an instant; those that nobody has told of for as long again and
 * a year more; and what is left of patients and objects that belong to no exam. What a patient or a period on hold
 * concerns stays.
 */
export async function deleteClosedExams(tx: Transaction, before: Date): Promise<Deletion> {
  await keepWritersOut(tx);
  const silentBefore = new Date(before.getTime() - YEAR_MS);
  const due = await tx.$queryRaw<readonly { id: string; accession_ref: Uint8Array; is_held: boolean }[]>`
    SELECT e.id::text, e.accession_ref, EXISTS (
        SELECT FROM signal.legal_hold h WHERE h.lifted_at IS NULL AND (
          (h.kind = 'period' AND e.started_at < h.to_at AND e.changed_at >= h.from_at)
          OR (h.kind = 'patient' AND EXISTS (
            SELECT FROM clinical.fact f WHERE f.accession_ref = e.accession_ref AND f.patient_refs @> ARRAY[h.patient_ref])))
      ) AS is_held
    FROM clinical.exam e
    WHERE e.changed_at < ${before} AND (e.closed_at < ${before} OR e.changed_at < ${silentBefore})
    ORDER BY e.changed_at LIMIT ${MOST_A_RUN}`;
  const going = due.filter(({ is_held }) => !is_held);
  const accessions = going.map(({ accession_ref }) => accession_ref);
  const ofExams = await tx.$queryRaw<readonly FactRow[]>`
    WITH gone AS (
      DELETE FROM clinical.fact WHERE accession_ref = ANY(${accessions}::bytea[]) RETURNING id, changed_at
    ), versions AS (DELETE FROM clinical.fact_version v USING gone g WHERE v.fact_id = g.id)
    SELECT changed_at FROM gone`;
  await tx.$executeRaw`DELETE FROM clinical.exam WHERE id = ANY(${going.map(({ id }) => id)}::uuid[])`;
  const rest = [...(await deleteLoose(tx, before)), ...(await deletePatients(tx, before))];
  return deletionOf([...ofExams, ...rest], due.length - going.length);
}

const YEAR_MS = 366 * 86_400_000;

/** Objects that no exam takes in: they name no accession, and neither their study nor their order is one of an exam's. */
function deleteLoose(tx: Transaction, before: Date): Promise<readonly FactRow[]> {
  return tx.$queryRaw<readonly FactRow[]>`
    WITH gone AS (
      DELETE FROM clinical.fact WHERE id IN (SELECT f.id FROM clinical.fact f
      WHERE f.changed_at < ${before} AND f.kind <> 'patient' AND f.accession_ref IS NULL
        AND NOT EXISTS (
          SELECT FROM clinical.fact own WHERE own.accession_ref IS NOT NULL AND own.study_ref = f.study_ref)
        AND NOT EXISTS (
          SELECT FROM clinical.fact own WHERE own.accession_ref IS NOT NULL AND own.order_refs && f.order_refs)
        AND NOT EXISTS (
          SELECT FROM signal.legal_hold h WHERE h.lifted_at IS NULL AND (f.patient_refs @> ARRAY[h.patient_ref]
            OR (h.kind = 'period' AND f.first_seen_at < h.to_at AND f.changed_at >= h.from_at)))
      ORDER BY f.changed_at LIMIT ${MOST_A_RUN})
      RETURNING id, changed_at
    ), versions AS (DELETE FROM clinical.fact_version v USING gone g WHERE v.fact_id = g.id)
    SELECT changed_at FROM gone`;
}

/** Patients whom no other fact names any more. */
function deletePatients(tx: Transaction, before: Date): Promise<readonly FactRow[]> {
  return tx.$queryRaw<readonly FactRow[]>`
    WITH gone AS (
      DELETE FROM clinical.fact WHERE id IN (SELECT f.id FROM clinical.fact f
      WHERE f.changed_at < ${before} AND f.kind = 'patient'
        AND NOT EXISTS (
          SELECT FROM clinical.fact o WHERE o.kind <> 'patient' AND o.patient_refs && f.patient_refs)
        AND NOT EXISTS (
          SELECT FROM signal.legal_hold h WHERE h.lifted_at IS NULL AND (f.patient_refs @> ARRAY[h.patient_ref]
            OR (h.kind = 'period' AND f.first_seen_at < h.to_at AND f.changed_at >= h.from_at)))
      ORDER BY f.changed_at LIMIT ${MOST_A_RUN})
      RETURNING id, changed_at
    ), versions AS (DELETE FROM clinical.fact_version v USING gone g WHERE v.fact_id = g.id)
    SELECT changed_at FROM gone`;
}

function deletionOf(rows: readonly FactRow[], held: number): Deletion {
  const times = rows.map(({ changed_at }) => changed_at).sort((a, b) => a.getTime() - b.getTime());
  return { deleted: rows.length, held, oldest: times[0], newest: times.at(-1) };
}

/**
 * Deletes everything that names a patient by one identifier, with all facts of the exams it belongs to. Answers how many
 * objects went. Index fact_patient.
 */
export async function erasePatientFacts(tx: Transaction, reference: Buffer): Promise<number> {
  await keepWritersOut(tx);
  const ref = new Uint8Array(reference);
  const exams = await tx.$queryRaw<readonly { accession_ref: Uint8Array }[]>`
    SELECT DISTINCT accession_ref FROM clinical.fact
    WHERE patient_refs @> ARRAY[${ref}::bytea] AND accession_ref IS NOT NULL`;
  const accessions = exams.map(({ accession_ref }) => accession_ref);
  const gone = await tx.$queryRaw<readonly { id: bigint }[]>`
    WITH own AS (SELECT study_ref, order_refs FROM clinical.fact WHERE accession_ref = ANY(${accessions}::bytea[])),
    gone AS (
      DELETE FROM clinical.fact f
      WHERE f.patient_refs @> ARRAY[${ref}::bytea] OR f.accession_ref = ANY(${accessions}::bytea[])
        OR (f.accession_ref IS NULL AND f.kind <> 'patient' AND EXISTS (
          SELECT FROM own WHERE own.study_ref = f.study_ref OR own.order_refs && f.order_refs))
      RETURNING f.id
    ), versions AS (DELETE FROM clinical.fact_version v USING gone g WHERE v.fact_id = g.id)
    SELECT id FROM gone`;
  await tx.$executeRaw`DELETE FROM clinical.exam WHERE accession_ref = ANY(${accessions}::bytea[])`;
  return gone.length;
}

/** When the exam that will go first was closed or last told of, whichever is later. Index exam_age. */
export async function oldestClosedExam(): Promise<Date | undefined> {
  const { rows } = await database().pool.query<{ oldest: Date }>(
    "SELECT changed_at AS oldest FROM clinical.exam WHERE closed_at IS NOT NULL ORDER BY changed_at LIMIT 1",
  );
  return rows[0]?.oldest;
}

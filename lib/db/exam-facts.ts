import type { ClinicalFact } from "@/lib/core/clinical/schema";
import type { ObjectHistory } from "@/lib/core/journey/events";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";
import { readFact } from "./clinical-body";
import { readExamHistories } from "./exams";

/** All that is known of an exam, outside any transaction. */
export async function readExamNow(accession: Buffer): Promise<readonly ObjectHistory[]> {
  const [histories] = await readExamHistories(database().pool, { accessions: [accession] });
  return histories ?? [];
}

/** What sources say of the patients whom facts of an accession name. Index fact_patient. */
export async function readPatientsOfExam(
  accession: Buffer,
): Promise<readonly { readonly sourceId: number; readonly fact: ClinicalFact }[]> {
  const { rows } = await database().pool.query<{ source_id: number; body: unknown }>(
    `SELECT f.source_id, f.body FROM clinical.fact f
     WHERE f.kind = 'patient' AND f.patient_refs && (
       SELECT coalesce(array_agg(p.ref), '{}') FROM clinical.fact own, unnest(own.patient_refs) AS p(ref)
       WHERE own.accession_ref = $1)
     ORDER BY f.source_id, f.id LIMIT 20`,
    [accession],
  );
  return rows.map(({ source_id: sourceId, body }) => ({ sourceId, fact: readFact(body) }));
}

/** Names of sources by their id, removed ones too: what they told stays. */
export async function readSourceNames(ids: readonly number[]): Promise<Readonly<Record<number, string>>> {
  const { rows } = await database().pool.query<{ id: number; name: string }>(
    "SELECT id, name FROM public.source WHERE id = ANY($1::int4[])",
    [arrayLiteral(ids, (id) => id)],
  );
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

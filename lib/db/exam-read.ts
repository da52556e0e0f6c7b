import type { Reach } from "@/lib/core/authz/policy";
import type { StalledCursor, StalledFilter } from "@/lib/core/journey/stalled";
import type { JourneyLeg } from "@/lib/core/journey/steps";
import { arrayLiteral, bytesElement } from "./array-literal";
import { database } from "./client";
import { reachValue } from "./within-reach";

/** Where one exam stands. Nothing in it names a patient. */
export type ExamLine = {
  readonly id: string;
  readonly state: "waiting" | "done" | "cancelled";
  readonly leg: JourneyLeg | null;
  readonly since: Date | null;
  readonly dueAt: Date | null;
  readonly department: string | null;
  readonly modality: string | null;
  readonly procedure: string | null;
  readonly startedAt: Date;
  readonly closedAt: Date | null;
};

const COLUMNS = `e.id::text AS id, e.state, e.leg, e.since, e.due_at AS "dueAt", e.department, e.modality, e.procedure,
  e.started_at AS "startedAt", e.closed_at AS "closedAt"`;

/** An exam without a department is seen only by whoever sees all. */
function isExamWithinReach(parameter: string): string {
  return `(${parameter}::text[] IS NULL OR e.department = ANY(${parameter}::text[]))`;
}

/** Exams that are overdue at `now`, longest first; one page by keyset along exam_due. */
export async function readStalled(ask: {
  readonly now: Date;
  readonly filter: StalledFilter;
  readonly cursor: StalledCursor | undefined;
  readonly limit: number;
  readonly reach: Reach;
}): Promise<readonly ExamLine[]> {
  const { now, filter, cursor, limit, reach } = ask;
  const isBack = cursor?.direction === "previous";
  const order = isBack ? "DESC" : "ASC";
  const { rows } = await database().pool.query<ExamLine>(
    `SELECT ${COLUMNS} FROM clinical.exam e
     WHERE e.state = 'waiting' AND e.due_at IS NOT NULL AND e.due_at < $1 AND ${isExamWithinReach("$2")}
       AND ($3::text IS NULL OR e.leg = $3) AND ($4::text IS NULL OR e.department = $4)
       AND ($5::text IS NULL OR e.modality = $5)
       AND ($6::timestamptz IS NULL OR (e.due_at, e.id) ${isBack ? "<" : ">"} ($6, $7::uuid))
     ORDER BY e.due_at ${order}, e.id ${order} LIMIT $8`,
    [
      now,
      reachValue(reach),
      filter.leg ?? null,
      filter.department ?? null,
      filter.modality ?? null,
      cursor?.dueAt ?? null,
      cursor?.id ?? null,
      limit,
    ],
  );
  return isBack ? rows.toReversed() : rows;
}

export type StalledCount = {
  readonly leg: JourneyLeg;
  readonly department: string | null;
  readonly modality: string | null;
  readonly count: number;
};

/** How many exams are overdue, by what they wait for and where. Index exam_due, whose rows are the open exams alone. */
export async function countStalled(ask: {
  readonly now: Date;
  readonly reach: Reach;
}): Promise<readonly StalledCount[]> {
  const { rows } = await database().pool.query<StalledCount>(
    `SELECT e.leg, e.department, e.modality, count(*)::int AS count FROM clinical.exam e
     WHERE e.state = 'waiting' AND e.due_at IS NOT NULL AND e.due_at < $1 AND ${isExamWithinReach("$2")}
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [ask.now, reachValue(ask.reach)],
  );
  return rows;
}

/** Whether any exam is known at all, stalled or not. */
export async function isAnyExamKnown(reach: Reach): Promise<boolean> {
  const { rows } = await database().pool.query(
    `SELECT FROM clinical.exam e WHERE ${isExamWithinReach("$1")} LIMIT 1`,
    [reachValue(reach)],
  );
  return rows.length > 0;
}

/** Exams of accessions, or with a fact about one of these patients, newest first. Indexes exam_accession_ref_key, fact_patient. */
export async function findExams(ask: {
  readonly accessions: readonly Buffer[];
  readonly patients: readonly Buffer[];
  readonly limit: number;
  readonly reach: Reach;
}): Promise<readonly ExamLine[]> {
  const { rows } = await database().pool.query<ExamLine>(
    `SELECT ${COLUMNS} FROM clinical.exam e
     WHERE ${isExamWithinReach("$4")} AND e.accession_ref IN (
       SELECT unnest($1::bytea[])
       UNION SELECT f.accession_ref FROM clinical.fact f WHERE f.patient_refs && $2::bytea[])
     ORDER BY e.started_at DESC, e.id LIMIT $3`,
    [
      arrayLiteral(ask.accessions, bytesElement),
      arrayLiteral(ask.patients, bytesElement),
      ask.limit,
      reachValue(ask.reach),
    ],
  );
  return rows;
}

/** One exam within reach, with the reference of its accession. Primary key. */
export async function readExamLine(
  id: string,
  reach: Reach,
): Promise<(ExamLine & { readonly accession: Buffer }) | undefined> {
  const { rows } = await database().pool.query<ExamLine & { readonly accession: Buffer }>(
    `SELECT ${COLUMNS}, e.accession_ref AS accession FROM clinical.exam e
     WHERE e.id = $1 AND ${isExamWithinReach("$2")}`,
    [id, reachValue(reach)],
  );
  return rows[0];
}

/** Keyed references of the patients that facts of an exam name, in hex. */
export async function readExamPatients(id: string, reach: Reach): Promise<readonly string[]> {
  const { rows } = await database().pool.query<{ ref: string }>(
    `SELECT DISTINCT encode(p.ref, 'hex') AS ref
     FROM clinical.exam e JOIN clinical.fact f ON f.accession_ref = e.accession_ref, unnest(f.patient_refs) AS p(ref)
     WHERE e.id = $1 AND ${isExamWithinReach("$2")} ORDER BY 1`,
    [id, reachValue(reach)],
  );
  return rows.map(({ ref }) => ref);
}

/** Issuers by which numbers were told, for searches that name none. */
export async function readIssuers(what: "accession" | "patient"): Promise<readonly string[]> {
  const { rows } = await database().pool.query<{ name: string }>(
    "SELECT name FROM clinical.issuer WHERE what = $1 ORDER BY name",
    [what],
  );
  return rows.map(({ name }) => name);
}

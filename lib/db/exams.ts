import type pg from "pg";
import type { Version } from "@/lib/core/clinical/fold-versions";
import type { ExamFact } from "@/lib/core/clinical/schema";
import type { ObjectHistory } from "@/lib/core/journey/events";
import type { Journey } from "@/lib/core/journey/journey";
import { arrayLiteral, bytesElement, textElement } from "./array-literal";
import { readVersions } from "./clinical-facts";
import { beginAgain } from "./with-retry";

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

/** Locks the exams that are known to the end of the transaction, always in one order; ids by the accession in hex. */
export async function lockExams(
  client: pg.ClientBase,
  accessions: readonly Buffer[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ id: string; accession: Buffer }>(
    `SELECT id::text, accession_ref AS accession FROM clinical.exam WHERE accession_ref = ANY($1::bytea[])
     ORDER BY accession_ref FOR UPDATE`,
    [arrayLiteral(accessions, bytesElement)],
  );
  return new Map(rows.map(({ id, accession }) => [accession.toString("hex"), id]));
}

/**
 * All that is known of exams, in the order of their accessions: facts that name the accession, and those that name none
 * but one of its studies or orders. Versions that the caller has are not read again. Indexes fact_accession, fact_study,
 * fact_order.
 */
export async function readExamHistories(
  client: Pick<pg.ClientBase, "query">,
  ask: {
    readonly accessions: readonly Buffer[];
    readonly versions?: ReadonlyMap<string, readonly Version[]>;
  },
): Promise<readonly (readonly ObjectHistory[])[]> {
  const { accessions, versions: given } = ask;
  const members = await membersOf(client, accessions);
  const unread = [...new Set([...members.values()].flat().map(({ id }) => id))].filter(
    (id) => !given?.has(id),
  );
  const read = await readVersions(client, unread);
  return accessions.map((accession) =>
    (members.get(accession.toString("hex")) ?? []).flatMap(
      ({ id, source_id: sourceId }): readonly ObjectHistory[] => {
        const versions = given?.get(id) ?? read.get(id) ?? [];
        const [first, ...rest] = versions.flatMap(({ fact }): readonly ExamFact[] =>
          fact.kind === "patient" ? [] : [fact],
        );
        return first === undefined ? [] : [{ sourceId, facts: [first, ...rest] }];
      },
    ),
  );
}

type MemberRow = {
  readonly id: string;
  readonly source_id: number;
  readonly study: Buffer | null;
  readonly orders: readonly Buffer[];
};

/** The facts of each exam by its accession in hex, those without an accession last. */
async function membersOf(
  client: Pick<pg.ClientBase, "query">,
  accessions: readonly Buffer[],
): Promise<ReadonlyMap<string, readonly MemberRow[]>> {
  const { rows: own } = await client.query<MemberRow & { readonly accession: Buffer }>(
    `SELECT id::text, source_id, accession_ref AS accession, study_ref AS study, order_refs AS orders
     FROM clinical.fact WHERE accession_ref = ANY($1::bytea[]) ORDER BY id`,
    [arrayLiteral(accessions, bytesElement)],
  );
  const exams = new Map<string, MemberRow[]>();
  const examsByRef = new Map<string, Set<string>>();
  for (const row of own) {
    const exam = row.accession.toString("hex");
    exams.set(exam, [...(exams.get(exam) ?? []), row]);
    for (const ref of refsOf(row)) examsByRef.set(ref, (examsByRef.get(ref) ?? new Set()).add(exam));
  }
  for (const row of await looseFacts(client, own)) {
    const found = new Set(refsOf(row).flatMap((ref) => [...(examsByRef.get(ref) ?? [])]));
    for (const exam of found) exams.get(exam)?.push(row);
  }
  return exams;
}

/** Facts without an accession that name a study or an order of these. */
async function looseFacts(
  client: Pick<pg.ClientBase, "query">,
  own: readonly MemberRow[],
): Promise<readonly MemberRow[]> {
  const studies = own.flatMap(({ study }) => study ?? []);
  const orders = own.flatMap((row) => row.orders);
  if (studies.length + orders.length === 0) return [];
  const { rows } = await client.query<MemberRow>(
    `SELECT id::text, source_id, study_ref AS study, order_refs AS orders FROM clinical.fact
     WHERE accession_ref IS NULL AND kind <> 'patient' AND (study_ref = ANY($1::bytea[]) OR order_refs && $2::bytea[])
     ORDER BY id`,
    [arrayLiteral(studies, bytesElement), arrayLiteral(orders, bytesElement)],
  );
  return rows;
}

function refsOf({ study, orders }: MemberRow): readonly string[] {
  return [
    ...(study === null ? [] : [`study/${study.toString("hex")}`]),
    ...orders.map((ref) => ref.toString("hex")),
  ];
}

/** Where an exam stands; without an id where it has no row yet. */
export type ExamNow = {
  readonly id: string | undefined;
  readonly accession: Buffer;
  readonly journey: Journey;
};

/**
 * Writes where exams stand. Those that are known are locked by lockExams; others are added in one order.
 * @throws what withRetry takes for a reason to begin again, where another writer added one first
 */
export async function writeExams(client: pg.ClientBase, exams: readonly ExamNow[], now: Date): Promise<void> {
  const known = exams.filter(({ id }) => id !== undefined);
  const added = exams.filter(({ id }) => id === undefined);
  if (known.length > 0) {
    await client.query(
      `UPDATE clinical.exam e SET state = n.state, leg = n.leg, since = n.since, due_at = n.due_at,
         department = n.department, modality = n.modality, procedure = n.procedure,
         started_at = coalesce(n.started_at, e.started_at), changed_at = $1,
         closed_at = CASE WHEN n.state = 'waiting' THEN NULL ELSE coalesce(e.closed_at, $1) END
       FROM unnest($2::uuid[], ${STATE_ARRAYS}) AS n(id, ${STATE_NAMES}) WHERE e.id = n.id`,
      [now, arrayLiteral(known, ({ id }) => id), ...stateLiterals(known)],
    );
  }
  if (added.length > 0) {
    const { rowCount } = await client.query(
      `INSERT INTO clinical.exam (id, accession_ref, ${STATE_NAMES}, changed_at, closed_at)
       SELECT gen_random_uuid(), ref, state, leg, since, due_at, department, modality, procedure,
         coalesce(started_at, $1), $1, CASE WHEN state = 'waiting' THEN NULL ELSE $1::timestamptz END
       FROM unnest($2::bytea[], ${STATE_ARRAYS}) AS n(ref, ${STATE_NAMES}) ORDER BY ref
       ON CONFLICT (accession_ref) DO NOTHING`,
      [now, arrayLiteral(added, ({ accession }) => bytesElement(accession)), ...stateLiterals(added)],
    );
    if (rowCount !== added.length) beginAgain();
  }
}

const STATE_NAMES = "state, leg, since, due_at, department, modality, procedure, started_at";
const STATE_ARRAYS =
  "$3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::timestamptz[]";

function stateLiterals(exams: readonly ExamNow[]): readonly string[] {
  const texts = (of: (journey: Journey) => string | undefined) =>
    arrayLiteral(exams, ({ journey }) => textElement(of(journey)));
  const times = (of: (journey: Journey) => Date | undefined) =>
    texts((journey) => of(journey)?.toISOString());
  return [
    texts(({ state }) => state),
    texts(({ waiting }) => waiting?.leg),
    times(({ waiting }) => waiting?.since),
    times(({ waiting }) => waiting?.dueAt),
    texts(({ department }) => department),
    texts(({ modality }) => modality),
    texts(({ procedure }) => procedure),
    times(({ events }) => events[0]?.at),
  ];
}

/** Exams that no fact tells of any more. */
export async function deleteEmptyExams(client: pg.ClientBase, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await client.query("DELETE FROM clinical.exam WHERE id = ANY($1::uuid[])", [arrayLiteral(ids, (id) => id)]);
}

import type pg from "pg";
import type { KnownVersions, Version } from "@/lib/core/clinical/fold-versions";
import type { ClinicalFact, ClinicalKind } from "@/lib/core/clinical/schema";
import { arrayLiteral, bytesElement, textElement } from "./array-literal";
import { printFact, readFact } from "./clinical-body";
import { beginAgain } from "./with-retry";

/** One object of one source, by the keyed reference of the source's name for it. */
export type ObjectKey = { readonly kind: ClinicalKind; readonly ref: Buffer };

/** Without an id where the object has no row yet. */
export type KnownObject = ObjectKey & { readonly factId: string | undefined; readonly known: KnownVersions };

/** Keyed references by which an object is found. */
export type FactRefs = {
  readonly accession: Buffer | undefined;
  readonly study: Buffer | undefined;
  readonly orders: readonly Buffer[];
  readonly patients: readonly Buffer[];
};

/** What an object came to by new observations. */
export type FactNow = {
  readonly seq: number;
  readonly current: ClinicalFact;
  readonly refs: FactRefs;
};

export type NewFact = ObjectKey & FactNow;
export type ChangedFact = FactNow & { readonly factId: string };

/** Locks the objects of a source that are known to the end of the transaction, always in one order. Index fact_object. */
export async function lockObjects(
  client: pg.ClientBase,
  ask: { readonly sourceId: number; readonly keys: readonly ObjectKey[] },
): Promise<readonly KnownObject[]> {
  const { sourceId, keys } = ask;
  const { rows } = await client.query<LockedRow>(
    `SELECT f.id::text, f.kind, f.object_ref AS ref, f.confirmed_seq::text, f.confirmed_control, f.confirmed_at
     FROM unnest($2::text[], $3::bytea[]) AS n(kind, ref)
     JOIN clinical.fact f ON f.source_id = $1::int AND f.kind = n.kind AND f.object_ref = n.ref
     ORDER BY f.kind, f.object_ref FOR UPDATE OF f`,
    [sourceId, arrayLiteral(keys, ({ kind }) => kind), arrayLiteral(keys, ({ ref }) => bytesElement(ref))],
  );
  const versions = await readVersions(
    client,
    rows.map(({ id }) => id),
  );
  const byKey = new Map(rows.map((row) => [keyText(row), row]));
  return keys.map((key) => {
    const row = byKey.get(keyText(key));
    const all = versions.get(row?.id ?? "") ?? [];
    return { ...key, factId: row?.id, known: { all, confirmed: row && confirmedOf(row, all) } };
  });
}

/**
 * Adds objects that had no row when lockObjects looked, whole and in one order, and answers with their ids in the order
 * given. @throws what withRetry takes for a reason to begin again, where another writer was first
 */
export async function insertFacts(
  client: pg.ClientBase,
  ask: { readonly sourceId: number; readonly facts: readonly NewFact[]; readonly now: Date },
): Promise<readonly string[]> {
  const { sourceId, facts, now } = ask;
  if (facts.length === 0) return [];
  const { rows } = await client.query<ObjectKey & { readonly id: string }>(
    `INSERT INTO clinical.fact (source_id, kind, object_ref, first_seen_at, changed_at, seq, at, body, accession_ref,
       study_ref, order_refs, patient_refs)
     SELECT $1, kind, ref, $2, $2, ${CHANGED_VALUES}
     FROM unnest($3::text[], $4::bytea[], ${changedArrays(5)}) AS n(kind, ref, ${CHANGED_NAMES}) ORDER BY kind, ref
     ON CONFLICT (source_id, kind, object_ref) DO NOTHING RETURNING id::text, kind, object_ref AS ref`,
    [
      sourceId,
      now,
      arrayLiteral(facts, ({ kind }) => kind),
      arrayLiteral(facts, ({ ref }) => bytesElement(ref)),
      ...changedLiterals(facts),
    ],
  );
  const ids = new Map(rows.map((row) => [keyText(row), row.id]));
  return facts.map((fact) => ids.get(keyText(fact)) ?? beginAgain());
}

type LockedRow = ObjectKey & {
  readonly id: string;
  readonly confirmed_seq: string | null;
  readonly confirmed_control: string | null;
  readonly confirmed_at: Date | null;
};

/** The newest kept observation as it was made again later. */
function confirmedOf(row: LockedRow, all: readonly Version[]): Version | undefined {
  const newest = all.at(-1);
  if (newest === undefined || row.confirmed_seq === null || row.confirmed_at === null) return undefined;
  const { observedSeq: _, controlId: __, ...said } = newest.fact;
  const controlId = row.confirmed_control ?? "";
  return {
    seq: Number(row.confirmed_seq),
    controlId,
    digest: newest.digest,
    fact: { ...said, at: row.confirmed_at, ...(controlId === "" ? {} : { controlId }) },
  };
}

/** All observations of objects, by the object's id. Primary key of clinical.fact_version. */
export async function readVersions(
  client: Pick<pg.ClientBase, "query">,
  factIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Version[]>> {
  if (factIds.length === 0) return new Map();
  const { rows } = await client.query<{
    fact_id: string;
    seq: string;
    control_id: string;
    digest: string;
    body: unknown;
  }>(
    `SELECT fact_id::text, seq::text, control_id, digest::text, body FROM clinical.fact_version
     WHERE fact_id = ANY($1::int8[]) ORDER BY fact_id, seq, control_id`,
    [arrayLiteral(factIds, (id) => id)],
  );
  const found = new Map<string, Version[]>();
  for (const row of rows) {
    const list = found.get(row.fact_id) ?? [];
    found.set(row.fact_id, list);
    list.push({
      seq: Number(row.seq),
      controlId: row.control_id,
      digest: row.digest,
      fact: readFact(row.body),
    });
  }
  return found;
}

export async function insertVersions(
  client: pg.ClientBase,
  added: readonly { readonly factId: string; readonly version: Version }[],
  now: Date,
): Promise<void> {
  if (added.length === 0) return;
  await client.query(
    `INSERT INTO clinical.fact_version (fact_id, seq, control_id, digest, at, body, seen_at)
     SELECT id, seq, control_id, digest, at::timestamptz, body::jsonb, $7
     FROM unnest($1::int8[], $2::int8[], $3::text[], $4::int8[], $5::text[], $6::text[])
       AS n(id, seq, control_id, digest, at, body)`,
    [
      arrayLiteral(added, ({ factId }) => factId),
      arrayLiteral(added, ({ version }) => version.seq),
      arrayLiteral(added, ({ version }) => textElement(version.controlId)),
      arrayLiteral(added, ({ version }) => version.digest),
      arrayLiteral(added, ({ version }) => textElement(version.fact.at.toISOString())),
      arrayLiteral(added, ({ version }) => textElement(printFact(version.fact))),
      now,
    ],
  );
}

/** Notes by which observation the newest kept one was last confirmed; none takes the note away. */
export async function noteConfirmed(
  client: pg.ClientBase,
  notes: readonly { readonly factId: string; readonly confirmed: Version | undefined }[],
): Promise<void> {
  if (notes.length === 0) return;
  await client.query(
    `UPDATE clinical.fact f SET confirmed_seq = n.seq, confirmed_control = n.control_id, confirmed_at = n.at::timestamptz
     FROM unnest($1::int8[], $2::int8[], $3::text[], $4::text[]) AS n(id, seq, control_id, at) WHERE f.id = n.id`,
    [
      arrayLiteral(notes, ({ factId }) => factId),
      arrayLiteral(notes, ({ confirmed }) => confirmed?.seq),
      arrayLiteral(notes, ({ confirmed }) => textElement(confirmed?.controlId)),
      arrayLiteral(notes, ({ confirmed }) => textElement(confirmed?.fact.at.toISOString())),
    ],
  );
}

/** Writes what objects came to. Their rows are locked by lockObjects. */
export async function updateFacts(
  client: pg.ClientBase,
  changed: readonly ChangedFact[],
  now: Date,
): Promise<void> {
  if (changed.length === 0) return;
  await client.query(
    `UPDATE clinical.fact f SET (changed_at, seq, at, body, accession_ref, study_ref, order_refs, patient_refs)
       = ($1, ${CHANGED_VALUES})
     FROM unnest($2::int8[], ${changedArrays(3)}) AS n(id, ${CHANGED_NAMES}) WHERE f.id = n.id`,
    [now, arrayLiteral(changed, ({ factId }) => factId), ...changedLiterals(changed)],
  );
}

const CHANGED_NAMES = "seq, at, body, accession, study, orders, patients";
const CHANGED_VALUES =
  "n.seq, n.at::timestamptz, n.body::jsonb, n.accession, n.study, n.orders::bytea[], n.patients::bytea[]";

/** Parameters of the arrays of changedLiterals, from this number on. */
function changedArrays(first: number): string {
  return ["int8", "text", "text", "bytea", "bytea", "text", "text"]
    .map((type, i) => `$${first + i}::${type}[]`)
    .join(", ");
}

function changedLiterals(facts: readonly FactNow[]): readonly string[] {
  return [
    arrayLiteral(facts, ({ seq }) => seq),
    arrayLiteral(facts, ({ current }) => textElement(current.at.toISOString())),
    arrayLiteral(facts, ({ current }) => textElement(printFact(current))),
    arrayLiteral(facts, ({ refs }) => bytesElement(refs.accession)),
    arrayLiteral(facts, ({ refs }) => bytesElement(refs.study)),
    arrayLiteral(facts, ({ refs }) => textElement(arrayLiteral(refs.orders, bytesElement))),
    arrayLiteral(facts, ({ refs }) => textElement(arrayLiteral(refs.patients, bytesElement))),
  ];
}

/** Keeps the names of issuers that are not known yet. */
export async function keepIssuers(
  client: pg.ClientBase,
  issuers: readonly { readonly what: "accession" | "patient"; readonly name: string }[],
): Promise<void> {
  if (issuers.length === 0) return;
  await client.query(
    `INSERT INTO clinical.issuer (what, name)
     SELECT DISTINCT what, name FROM unnest($1::text[], $2::text[]) AS n(what, name)
     WHERE NOT EXISTS (SELECT FROM clinical.issuer i WHERE i.what = n.what AND i.name = n.name)
     ORDER BY what, name ON CONFLICT DO NOTHING`,
    [arrayLiteral(issuers, ({ what }) => what), arrayLiteral(issuers, ({ name }) => textElement(name))],
  );
}

function keyText({ kind, ref }: ObjectKey): string {
  return `${kind}/${ref.toString("hex")}`;
}

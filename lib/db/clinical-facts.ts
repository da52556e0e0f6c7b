import type pg from "pg";
import type { KnownVersions, Version } from "@/lib/core/clinical/fold-versions";
import type { ClinicalFact, ClinicalKind } from "@/lib/core/clinical/schema";
import { arrayLiteral, bytesElement, textElement } from "./array-literal";
import { readFact } from "./clinical-body";

/** One object of one source, by the keyed reference of the source's name for it. */
export type ObjectKey = { readonly kind: ClinicalKind; readonly ref: Buffer };

export type KnownObject = ObjectKey & { readonly factId: string; readonly known: KnownVersions };

/** Keyed references by which an object is found. */
export type FactRefs = {
  readonly accession: Buffer | undefined;
  readonly study: Buffer | undefined;
  readonly orders: readonly Buffer[];
  readonly patients: readonly Buffer[];
};

/** What an object came to by new observations. */
export type ChangedFact = {
  readonly factId: string;
  readonly seq: number;
  readonly current: ClinicalFact;
  readonly refs: FactRefs;
};

/**
 * Makes sure that objects of a source have a row, and locks them to the end of the transaction, always in one order. Keys
 * must not repeat within a call. Answers in the order of the keys.
 */
export async function lockObjects(
  client: pg.ClientBase,
  ask: { readonly sourceId: number; readonly keys: readonly ObjectKey[]; readonly now: Date },
): Promise<readonly KnownObject[]> {
  const { sourceId, keys, now } = ask;
  const values = [
    sourceId,
    arrayLiteral(keys, ({ kind }) => kind),
    arrayLiteral(keys, ({ ref }) => bytesElement(ref)),
  ];
  await client.query(
    `INSERT INTO clinical.fact (source_id, kind, object_ref, first_seen_at, changed_at)
     SELECT $1::int, kind, ref, $4, $4 FROM unnest($2::text[], $3::bytea[]) AS n(kind, ref) ORDER BY kind, ref
     ON CONFLICT (source_id, kind, object_ref) DO NOTHING`,
    [...values, now],
  );
  const { rows } = await client.query<LockedRow>(
    `SELECT f.id::text, f.kind, f.object_ref AS ref, f.confirmed_seq::text, f.confirmed_control, f.confirmed_at
     FROM unnest($2::text[], $3::bytea[]) AS n(kind, ref)
     JOIN clinical.fact f ON f.source_id = $1::int AND f.kind = n.kind AND f.object_ref = n.ref
     ORDER BY f.kind, f.object_ref FOR UPDATE OF f`,
    values,
  );
  const versions = await readVersions(
    client,
    rows.map(({ id }) => id),
  );
  const byKey = new Map(rows.map((row) => [keyText(row), row]));
  return keys.map((key) => {
    const row = byKey.get(keyText(key));
    const all = versions.get(row?.id ?? "") ?? [];
    return { ...key, factId: row?.id ?? "0", known: { all, confirmed: row && confirmedOf(row, all) } };
  });
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
      arrayLiteral(added, ({ version }) => textElement(JSON.stringify(version.fact))),
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
    `UPDATE clinical.fact f SET seq = n.seq, at = n.at::timestamptz, body = n.body::jsonb, accession_ref = n.accession,
       study_ref = n.study, order_refs = n.orders::bytea[], patient_refs = n.patients::bytea[], changed_at = $9
     FROM unnest($1::int8[], $2::int8[], $3::text[], $4::text[], $5::bytea[], $6::bytea[], $7::text[], $8::text[])
       AS n(id, seq, at, body, accession, study, orders, patients)
     WHERE f.id = n.id`,
    [
      arrayLiteral(changed, ({ factId }) => factId),
      arrayLiteral(changed, ({ seq }) => seq),
      arrayLiteral(changed, ({ current }) => textElement(current.at.toISOString())),
      arrayLiteral(changed, ({ current }) => textElement(JSON.stringify(current))),
      arrayLiteral(changed, ({ refs }) => bytesElement(refs.accession)),
      arrayLiteral(changed, ({ refs }) => bytesElement(refs.study)),
      arrayLiteral(changed, ({ refs }) => textElement(arrayLiteral(refs.orders, bytesElement))),
      arrayLiteral(changed, ({ refs }) => textElement(arrayLiteral(refs.patients, bytesElement))),
      now,
    ],
  );
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

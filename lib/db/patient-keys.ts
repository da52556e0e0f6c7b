import { database } from "./client";
import type { Transaction } from "./transaction";

/** The sealed key of a patient, who is named by the keyed reference of one identifier, in hexadecimal. */
export type PatientKey = {
  readonly id: string;
  readonly reference: string;
  readonly sealed: { readonly keyId: string; readonly bytes: Buffer };
};

type Row = {
  readonly id: string;
  readonly reference: string;
  readonly keyId: string;
  readonly bytes: Uint8Array;
};

/** Makes a key that of a patient who has none; whoever comes second waits and leaves the first. */
export async function addPatientKey(
  tx: Transaction,
  { id, reference, sealed }: PatientKey,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO signal.patient_key (id, patient_ref, key_id, sealed, created_at)
    VALUES (${id}::uuid, decode(${reference}, 'hex'), ${sealed.keyId}, ${new Uint8Array(sealed.bytes)}, ${now})
    ON CONFLICT (patient_ref) DO NOTHING`;
}

/** The keys of those patients who have one. */
export async function readPatientKeys(
  tx: Transaction,
  references: readonly string[],
): Promise<readonly PatientKey[]> {
  const rows = await tx.$queryRaw<readonly Row[]>`
    SELECT id::text, encode(patient_ref, 'hex') AS reference, key_id AS "keyId", sealed AS bytes
    FROM signal.patient_key
    WHERE patient_ref IN (SELECT decode(one, 'hex') FROM unnest(${[...references]}::text[]) AS one)`;
  return rows.map(keyOf);
}

/** The key of one patient; undefined where the trail never named that patient, or the key was destroyed. */
export async function findPatientKey(reference: Buffer): Promise<PatientKey | undefined> {
  const { rows } = await database().pool.query<Row>(
    `SELECT id::text, encode(patient_ref, 'hex') AS reference, key_id AS "keyId", sealed AS bytes
     FROM signal.patient_key WHERE patient_ref = $1`,
    [reference],
  );
  return rows[0] && keyOf(rows[0]);
}

/** Destroys the key of a patient. Answers with its id; undefined where there was none. */
export async function deletePatientKey(tx: Transaction, reference: Buffer): Promise<string | undefined> {
  const rows = await tx.$queryRaw<readonly { readonly id: string }[]>`
    DELETE FROM signal.patient_key WHERE patient_ref = ${new Uint8Array(reference)} RETURNING id::text`;
  return rows[0]?.id;
}

function keyOf({ id, reference, keyId, bytes }: Row): PatientKey {
  return { id, reference, sealed: { keyId, bytes: Buffer.from(bytes) } };
}

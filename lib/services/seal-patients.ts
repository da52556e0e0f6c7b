import { randomUUID } from "node:crypto";
import { newPatientKey, patientTag } from "@/lib/crypto/patient-key";
import { addPatientKey, readPatientKeys } from "@/lib/db/patient-keys";
import type { Transaction } from "@/lib/db/transaction";
import type { AuditNote } from "./audit-note";

/**
 * The note as it goes into the trail: its patients as tags under keys of their own, in `detail.patientRefs`, made in the
 * transaction of the line. Destroying a key takes away what its lines say of the patient, and leaves the lines.
 */
export async function sealPatients(tx: Transaction, note: AuditNote, now: Date): Promise<AuditNote> {
  const { patientRefs = [], ...rest } = note;
  if (patientRefs.length === 0) return rest;
  // In one order, so that two lines about the same patients never wait for each other.
  const references = [...new Set(patientRefs)].sort();
  const known = await readPatientKeys(tx, references);
  const missing = references.filter((one) => known.every(({ reference }) => reference !== one));
  for (const reference of missing) {
    const id = randomUUID();
    await addPatientKey(tx, { id, reference, sealed: newPatientKey(id) }, now);
  }
  const keys = missing.length === 0 ? known : await readPatientKeys(tx, references);
  return { ...rest, detail: { ...rest.detail, patientRefs: keys.map(patientTag).sort() } };
}

import { createCipheriv, randomBytes } from "node:crypto";
import { open, type Sealed, seal } from "./seal";

/** What a patient's key is sealed for: it cannot be put in another patient's place. */
export function patientKeyPurpose(id: string): string {
  return `patient-key:${id}`;
}

/** A new 256-bit key for one patient, sealed by the current key of this installation. */
export function newPatientKey(id: string): Sealed {
  return seal(randomBytes(32), patientKeyPurpose(id));
}

/**
 * What an audit line says instead of a patient: the key's id and the patient's reference (hexadecimal), encrypted with
 * AES-256-GCM under the patient's own key. Always the same text for the same key, so that lines can be found by it.
 * @throws AppError internal when the sealed key was changed or belongs to another patient
 */
export function patientTag(patient: {
  readonly id: string;
  readonly reference: string;
  readonly sealed: Sealed;
}): string {
  const key = open(patient.sealed, patientKeyPurpose(patient.id));
  // The one text that is ever encrypted under this key, so that a nonce that never changes gives nothing away.
  const cipher = createCipheriv("aes-256-gcm", key, Buffer.alloc(12)).setAAD(Buffer.from(patient.id));
  const text = Buffer.concat([cipher.update(Buffer.from(patient.reference, "hex")), cipher.final()]);
  return `${patient.id}.${Buffer.concat([text, cipher.getAuthTag()]).toString("base64url")}`;
}

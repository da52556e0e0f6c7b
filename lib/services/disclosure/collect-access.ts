import { z } from "zod";
import type { PatientAccess } from "@/lib/core/disclosure/patient-access";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { patientTag } from "@/lib/crypto/patient-key";
import { readExternalAccess, readOwnAccess } from "@/lib/db/patient-access";
import { findPatientKey } from "@/lib/db/patient-keys";
import type { AuditNote } from "@/lib/services/command";

/** Of one identifier with its issuer: numbers of other issuers are other patients until somebody says otherwise. */
export const patientAskSchema = z.object({
  value: z.string().trim().min(1).max(256),
  assigningAuthority: z.string().trim().min(1).max(128),
  range: timeRangeSchema,
});
export type PatientAsk = z.output<typeof patientAskSchema>;

const LIMIT = 5_000;

/** Who came near the data of a patient within the range, newest first, from every trail. */
export async function collectAccess(
  ask: PatientAsk,
): Promise<{ readonly rows: readonly PatientAccess[]; readonly isCut: boolean }> {
  const reference = patientRef(ask);
  const key = await findPatientKey(reference);
  const tag = key && patientTag(key);
  const wanted = { patientRef: reference, tag, range: ask.range, limit: LIMIT + 1 };
  const [own, external] = await Promise.all([readOwnAccess(wanted), readExternalAccess(wanted)]);
  const all = [...own, ...external].sort((a, b) => b.at.getTime() - a.at.getTime());
  return { rows: all.slice(0, LIMIT), isCut: all.length > LIMIT };
}

/** What the trail says of such a question: the patient by reference, never by number. */
export function patientAskNote(ask: PatientAsk, detail: Readonly<Record<string, string>> = {}): AuditNote {
  return {
    action: "R",
    entityType: "patient-audit",
    entityId: "",
    detail: { ...detail, issuer: ask.assigningAuthority },
    patientRefs: [patientRef(ask).toString("hex")],
  };
}

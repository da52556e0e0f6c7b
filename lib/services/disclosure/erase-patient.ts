import { erasePatientSchema } from "@/lib/core/disclosure/schema";
import { AppError } from "@/lib/core/errors";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { erasePatientFacts } from "@/lib/db/clinical-retention";
import { isPatientOnHold } from "@/lib/db/legal-holds";
import { deletePatientKey } from "@/lib/db/patient-keys";
import { command } from "@/lib/services/command";
import { scrubReason } from "./scrub-reason";

/**
 * Erases a patient for good, from what sources told of her exams and from the audit trail: facts go with their history, and
 * the key under which lines name the identifier is destroyed. Lines,
 * chain and signatures stay as they are; nobody can tell any more whom those lines concern. No role gives this right: it is
 * for the command line of the server. Input: { value, assigningAuthority, reasonText }.
 * @throws AppError forbidden | bad_request | conflict while the patient is on hold | not_found where nothing names such a patient
 */
export const erasePatient = command({
  permission: "patient.erase",
  input: erasePatientSchema,
  run: async ({ tx, input }) => {
    const reference = patientRef(input);
    if (await isPatientOnHold(tx, reference)) {
      throw new AppError("conflict", "The patient is on legal hold. Lift the hold first.");
    }
    const keyId = await deletePatientKey(tx, reference);
    const facts = await erasePatientFacts(tx, reference);
    if (keyId === undefined && facts === 0) {
      throw new AppError("not_found", "Neither the audit trail nor any exam names such a patient.");
    }
    return { keyId, facts };
  },
  audit: ({ input, result }) => ({
    action: "D",
    entityType: "patient-key",
    entityId: result.keyId ?? "",
    detail: { reason: scrubReason(input.reasonText), facts: result.facts },
  }),
});

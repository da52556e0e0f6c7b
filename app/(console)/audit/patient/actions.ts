"use server";
import { action } from "@/lib/http/action";
import { findPatientAccess } from "@/lib/services/disclosure/find-patient-access";
import { patientAccessCsv } from "@/lib/services/disclosure/patient-access-csv";

export async function lookUpAccess(input: unknown) {
  return action(findPatientAccess)(input);
}
export async function exportAccess(input: unknown) {
  return action(patientAccessCsv)(input);
}

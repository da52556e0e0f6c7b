import type { ClinicalFact } from "../../clinical/schema";
import { examFacts } from "./facts-exam";
import { patientFacts } from "./facts-patient";
import { type FactsAsk, readTold } from "./facts-told";

/**
 * What a message says of patients (ADT), orders (ORM, OMI, OMG) and reports (ORU, MDM): identifiers with their issuers,
 * names, merges, numbers, accession, study, schedule, status. Nothing is guessed: a field that is empty is not spoken of.
 */
export function hl7Facts(ask: FactsAsk): readonly ClinicalFact[] {
  const told = readTold(ask);
  return [...patientFacts(ask.message, told), ...examFacts(ask.message, told)];
}

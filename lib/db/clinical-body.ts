import { type ClinicalFact, clinicalFactSchema } from "@/lib/core/clinical/schema";

/** A fact as its row holds it. Written by this product alone, and checked all the same: an upgrade may have changed shapes. */
export function readFact(body: unknown): ClinicalFact {
  return clinicalFactSchema.parse(body);
}

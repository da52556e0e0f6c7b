import { type ClinicalFact, clinicalFactSchema } from "@/lib/core/clinical/schema";

/** A fact as its row holds it. Written by this product alone, and checked all the same: an upgrade may have changed shapes. */
export function readFact(body: unknown): ClinicalFact {
  return clinicalFactSchema.parse(body);
}

/** The JSON of a fact for its row, made once: it is looked at before it is stored, and stored in two places. */
export function printFact(fact: ClinicalFact): string {
  const known = printed.get(fact);
  if (known !== undefined) return known;
  const text = JSON.stringify(fact);
  printed.set(fact, text);
  return text;
}

const printed = new WeakMap<ClinicalFact, string>();

import type { WorkPlace } from "@/lib/db/work-claims";

/** What a claim has to know of an item. */
export type FoundItem = WorkPlace & {
  /** Keyed references of the patients whom it concerns, in hexadecimal, where they are known. */
  readonly patientRefs: readonly string[];
};

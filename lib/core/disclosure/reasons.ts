import { workReason } from "../work/claim";

/** Why somebody may need to see data of a patient: a closed list, so that uses can be counted and compared. */
export const disclosureReasons = [
  "failed-delivery",
  "patient-care",
  "record-correction",
  "patient-request",
  "security-incident",
] as const;
export type DisclosureReason = (typeof disclosureReasons)[number];

/** Each reason as a person chooses and a patient reads it. */
export const reasonTitles: Readonly<Record<DisclosureReason, string>> = {
  "failed-delivery": "To find out why a message did not arrive",
  "patient-care": "For the care of a patient who is being treated now",
  "record-correction": "To put a patient's record right",
  "patient-request": "To answer a question or complaint of the patient",
  "security-incident": "To look into a breach of security or privacy",
};

/** Fewest and most characters of a reason in a person's own words. */
export const REASON_MIN = 10;
export const REASON_MAX = 500;

/** The title of a reason as it stands in the audit trail; undefined where this release does not know it. */
export function reasonTitle(code: string): string | undefined {
  const known = disclosureReasons.find((reason) => reason === code);
  return known === undefined ? workReason(code) : reasonTitles[known];
}

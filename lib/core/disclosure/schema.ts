import { z } from "zod";
import { judgements } from "./break-glass";
import { disclosureReasons, REASON_MAX, REASON_MIN } from "./reasons";

/** A reason from the list, and in a person's own words. Patients are not to be named in it. */
export const statedReasonSchema = z.object({
  reason: z.enum(disclosureReasons),
  reasonText: z.string().trim().min(REASON_MIN).max(REASON_MAX),
});
export type StatedReason = z.output<typeof statedReasonSchema>;

/** What a privacy officer finds of an emergency access. */
export const judgementSchema = z.object({
  id: z.uuid(),
  judgement: z.enum(judgements),
  text: z.string().trim().min(REASON_MIN).max(REASON_MAX),
});

/** Whom to erase from the audit trail, by one identifier with its issuer, and on what ground. */
export const erasePatientSchema = z.object({
  value: z.string().trim().min(1).max(256),
  assigningAuthority: z.string().trim().min(1).max(128),
  reasonText: z.string().trim().min(REASON_MIN).max(REASON_MAX),
});

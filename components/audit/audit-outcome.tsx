import type { AuditOutcome } from "@/lib/core/audit/external-event";
import type { AuditAction } from "@/lib/core/audit/leaf";
import type { LampState } from "../ui/lamp";
import { StatusWord } from "../ui/status-word";

/**
 * What an engine says of the outcome. "Authorised" is not "done": engines of the Mirth family write the event when they
 * allow an action, before it runs.
 */
export function AuditOutcomeWord({ outcome }: { readonly outcome: AuditOutcome }) {
  return <StatusWord state={lamps[outcome]}>{auditOutcomeTitles[outcome]}</StatusWord>;
}

export const auditOutcomeTitles: Readonly<Record<AuditOutcome, string>> = {
  success: "Succeeded",
  failure: "Refused",
  authorised: "Authorised",
  unknown: "Not told",
};

const lamps: Readonly<Record<AuditOutcome, LampState>> = {
  success: "ok",
  failure: "warning",
  authorised: "ok",
  unknown: "unknown",
};

/** FHIR AuditEvent.action in words. */
export const auditActionTitles: Readonly<Record<AuditAction, string>> = {
  C: "Create",
  R: "Read",
  U: "Update",
  D: "Delete",
  E: "Execute",
};

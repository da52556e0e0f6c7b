import type { Json } from "@/lib/core/audit/canonical-json";
import type { AuditAction } from "@/lib/core/audit/leaf";

/** What one line of the audit trail says about an act; the builder adds who, when and the outcome. */
export type AuditNote = {
  readonly action: AuditAction;
  readonly entityType: string;
  readonly entityId: string;
  /** Never patient data, never secrets. */
  readonly detail?: Readonly<Record<string, Json>>;
  /** Keyed references of the patients whom it concerns, in hexadecimal; the line names them under keys of their own. */
  readonly patientRefs?: readonly string[];
};

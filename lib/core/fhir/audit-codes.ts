import type { AuditOutcome } from "../audit/external-event";
import type { AuditLeaf } from "../audit/leaf";

export const DCM = "http://dicom.nema.org/resources/ontology/DCM";

/** Event types that are told apart (DICOM PS3.15, table A.5.1 and PS3.16, CID 400), by the permission of our own lines. */
const ownTypes = {
  "110101": { display: "Audit Log Used", permissions: ["audit.read", "external-audit.read"] },
  "110113": { display: "Security Alert", permissions: ["user.write", "role.approve", "token.write"] },
  "110114": {
    display: "User Authentication",
    permissions: ["sign-in", "sign-out", "second-factor", "client-access"],
  },
} as const;

/** Everything else, and what engines tell: they name their events in words of their own. */
const otherType = { code: "110100", display: "Application Activity" } as const;

/** AuditEvent.type of a line of our own; of an engine's event without a permission. */
export function typeOf(permission: string | null): { readonly code: string; readonly display: string } {
  for (const [code, { display, permissions }] of Object.entries(ownTypes)) {
    if (permissions.some((one) => one === permission)) return { code, display };
  }
  return otherType;
}

/** Which permissions a type stands for; `others` is true for the type of everything else. */
export function permissionsOfType(code: string): {
  readonly permissions: readonly string[];
  readonly others: boolean;
} {
  const known = Object.entries(ownTypes).find(([one]) => one === code)?.[1].permissions ?? [];
  return { permissions: known, others: code === otherType.code };
}

/** Permissions that have a type of their own. */
export const typedPermissions: readonly string[] = Object.values(ownTypes).flatMap(({ permissions }) => [
  ...permissions,
]);

type Outcome = AuditOutcome | AuditLeaf["outcome"];

/** AuditEvent.outcome (FHIR R4 and RFC 3881: 0 success, 4 minor, 8 serious, 12 major failure) of each of our words. */
const outcomeCodes: Readonly<Record<Outcome, "0" | "4" | "8" | undefined>> = {
  success: "0",
  authorised: "0",
  denied: "4",
  failure: "8",
  unknown: undefined,
};

export function outcomeCodeOf(outcome: Outcome): "0" | "4" | "8" | undefined {
  return outcomeCodes[outcome];
}

/** Our words for an outcome code; none for a code that never occurs. */
export function outcomesOf(code: string): readonly string[] {
  return Object.entries(outcomeCodes).flatMap(([outcome, one]) => (one === code ? [outcome] : []));
}

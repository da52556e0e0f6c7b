import { randomUUID } from "node:crypto";
import type { AuditLeaf } from "@/lib/core/audit/leaf";

export type FactorWord =
  | "totp"
  | "recovery-code"
  | "passkey"
  | "passkey-rollback"
  | "new-passkey"
  | "passkey-renamed"
  | "passkey-removed"
  | "enrolment"
  | "new-recovery-codes"
  | "throttled"
  | "exhausted"
  | "not-fresh"
  | "unlock";

/** The audit line of what somebody did with a second factor; `what` says it in one word. */
export function secondFactorLeaf(of: {
  readonly userId: string;
  readonly now: Date;
  readonly action: "C" | "U" | "D" | "E";
  readonly outcome: "success" | "failure" | "denied";
  readonly what: FactorWord;
  /** Which passkey, by its id here. */
  readonly passkey?: string;
}): AuditLeaf {
  return {
    at: of.now,
    actorKind: "user",
    actorId: of.userId,
    action: of.action,
    permission: "second-factor",
    entityType: "second-factor",
    entityId: of.userId,
    outcome: of.outcome,
    detail: { what: of.what, ...(of.passkey === undefined ? {} : { passkey: of.passkey }) },
    requestId: randomUUID(),
  };
}

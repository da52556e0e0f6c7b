import { randomUUID } from "node:crypto";
import type { AuditLeaf } from "@/lib/core/audit/leaf";

export type FactorWord =
  | "totp"
  | "recovery-code"
  | "enrolment"
  | "new-recovery-codes"
  | "throttled"
  | "exhausted";

/** The audit line of what somebody did with a second factor; `what` says it in one word. */
export function secondFactorLeaf(of: {
  readonly userId: string;
  readonly now: Date;
  readonly action: "C" | "E";
  readonly outcome: "success" | "failure";
  readonly what: FactorWord;
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
    detail: { what: of.what },
    requestId: randomUUID(),
  };
}

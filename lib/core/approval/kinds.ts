import { type Permission, policy } from "@/lib/core/authz/policy";
import { type Grant, roleFacts } from "@/lib/core/authz/role";
import type { ApprovalAct, ApprovalKind } from "./schema";

type KindFacts = {
  readonly title: string;
  /** What whoever asks must hold, when asking and still when it is carried out. */
  readonly requires: Permission;
  /** What whoever decides must hold. */
  readonly decides: Permission;
};

export const approvalKinds: Readonly<Record<ApprovalKind, KindFacts>> = {
  "grant-role": { title: "Grant a role", requires: "user.write", decides: "role.approve" },
};

const HOUR_MS = 3_600_000;
/** Unanswered this long, a request ends without effect. */
export const APPROVAL_LIFETIME_MS = 72 * HOUR_MS;

/** Half of its time unanswered: it is pointed out to everybody who could decide. */
export function escalatesAt(request: { readonly requestedAt: Date; readonly expiresAt: Date }): Date {
  return new Date((request.requestedAt.getTime() + request.expiresAt.getTime()) / 2);
}

/** Whose rights or factors an act changes: that person decides as little as whoever asks. */
export function subjectOf(act: ApprovalAct): string {
  return act.payload.userId;
}

/** The role that a person is given. */
export function grantOf({ role, department }: ApprovalAct["payload"]): Grant {
  return { role, department: department ?? undefined };
}

/** What exactly happens on approval, a sentence an item. `nameOf` gives people's names by id. */
export function describeAct(act: ApprovalAct, nameOf: (userId: string) => string): readonly string[] {
  const { userId, role, department } = act.payload;
  const where = department === null ? "everywhere" : `in ${department}`;
  const facts = roleFacts[role];
  return [
    `${nameOf(userId)} is given the role ${role.replaceAll("-", " ")} ${where}.`,
    ...(facts.disclosesPatientData ? ["The role may disclose data of patients."] : []),
    facts.sentence,
  ];
}

/** Whether somebody with these grants is one of those who decide on such acts. */
export function isDecider(kind: ApprovalKind, grants: readonly Grant[]): boolean {
  return grants.some(
    ({ role, department }) => department === undefined && policy[role].includes(approvalKinds[kind].decides),
  );
}

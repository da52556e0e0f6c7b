import { type Permission, policy } from "@/lib/core/authz/policy";
import { type Grant, type Role, roleFacts } from "@/lib/core/authz/role";
import { secondPersonTexts } from "@/lib/core/replay/second-person";
import { retentionFacts } from "@/lib/core/retention/kinds";
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
  "map-group": {
    title: "Let a group stand for a role",
    requires: "user.write",
    decides: "role.approve",
  },
  "change-retention": {
    title: "Change how long records are kept",
    requires: "setting.write",
    decides: "role.approve",
  },
  "run-replay": { title: "Send messages again", requires: "replay.request", decides: "replay.approve" },
  "reset-factors": { title: "Reset second factors", requires: "user.write", decides: "role.approve" },
};

/** In the order in which people are shown them. */
export const approvalKindNames = [
  "grant-role",
  "map-group",
  "change-retention",
  "reset-factors",
  "run-replay",
] as const satisfies readonly ApprovalKind[];

const HOUR_MS = 3_600_000;
/** Unanswered this long, a request ends without effect. */
export const APPROVAL_LIFETIME_MS = 72 * HOUR_MS;
/** For longer than this nobody names a deputy at once. */
export const LONGEST_DEPUTY_MS = 31 * 24 * HOUR_MS;

/** Half of its time unanswered: it is pointed out to everybody who could decide. */
export function escalatesAt(request: { readonly requestedAt: Date; readonly expiresAt: Date }): Date {
  return new Date((request.requestedAt.getTime() + request.expiresAt.getTime()) / 2);
}

/** Whose rights or factors an act changes: that person decides as little as whoever asks. Undefined = nobody's. */
export function subjectOf(act: ApprovalAct): string | undefined {
  switch (act.kind) {
    case "grant-role":
    case "reset-factors":
      return act.payload.userId;
    case "map-group":
    case "change-retention":
    case "run-replay":
      return undefined;
  }
}

type Named = { readonly role: Role; readonly department: string | null };

/** The role that a person is given. */
export function grantOf({ role, department }: Named): Grant {
  return { role, department: department ?? undefined };
}

/** What exactly happens on approval, a sentence an item. `nameOf` gives people's names by id. */
export function describeAct(act: ApprovalAct, nameOf: (userId: string) => string): readonly string[] {
  switch (act.kind) {
    case "grant-role":
      return [
        `${nameOf(act.payload.userId)} is given the role ${namedText(act.payload)}.`,
        ...whatItOpens(act.payload.role),
      ];
    case "map-group":
      return [
        `Everybody in the group ${act.payload.group} is given the role ${namedText(act.payload)} when they next sign in.`,
        "Whoever runs the identity provider decides who is in the group.",
        ...whatItOpens(act.payload.role),
      ];
    case "change-retention": {
      const { record, before, days } = act.payload;
      return [
        `${retentionFacts[record].title} are kept for ${days} days instead of ${before}.`,
        days < before
          ? "What is older is deleted within the next hour, but for what is on hold. It cannot be brought back."
          : "What is already deleted does not come back.",
      ];
    }
    case "run-replay": {
      const { messages, causes } = act.payload;
      return [
        messages === 1 ? "One message is sent again." : `${messages} messages are sent again.`,
        ...causes.map((cause) => secondPersonTexts[cause]),
        "The channel transforms them as it stands today. Whoever asked starts it; what each came to is listed under Replays.",
      ];
    }
    case "reset-factors":
      return [
        `All second factors of ${nameOf(act.payload.userId)} are taken away.`,
        "Their sessions end at once, and who next signs in with their password sets up new factors. Make sure that it is them who asks.",
      ];
  }
}

/** "interface analyst in Radiology". */
export function namedText({ role, department }: Named): string {
  return `${role.replaceAll("-", " ")} ${department === null ? "everywhere" : `in ${department}`}`;
}

function whatItOpens(role: Role): readonly string[] {
  const { disclosesPatientData, sentence } = roleFacts[role];
  return [...(disclosesPatientData ? ["The role may disclose data of patients."] : []), sentence];
}

/** Whether somebody with these grants is one of those who decide on such acts. */
export function isDecider(kind: ApprovalKind, grants: readonly Grant[]): boolean {
  return grants.some(
    ({ role, department }) => department === undefined && policy[role].includes(approvalKinds[kind].decides),
  );
}

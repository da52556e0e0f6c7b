import type { Role } from "@/lib/core/authz/role";

/** Who may do it, and whether a role that is held for one department gives it there. */
type Right = { readonly roles: readonly Role[]; readonly inDepartment: boolean };

const watching: readonly Role[] = [
  "administrator",
  "interface-analyst",
  "him-specialist",
  "department-owner",
  "clinical-reviewer",
  "privacy-officer",
  "committee-member",
];
const administrator: readonly Role[] = ["administrator"];
const oversight: readonly Role[] = ["administrator", "privacy-officer"];
const analysts: readonly Role[] = ["administrator", "interface-analyst"];
const searchers: readonly Role[] = ["administrator", "interface-analyst", "him-specialist"];

/**
 * What was decided, written down a second time and apart from the policy that the product runs on: a right that is given
 * or taken there without a decision here fails.
 */
export const expectedRights: Readonly<Record<string, Right>> = {
  "overview.read": { roles: watching, inDepartment: true },
  "interface.read": { roles: watching, inDepartment: true },
  "interface.write": { roles: analysts, inDepartment: true },
  "message.read": { roles: [...searchers, "department-owner"], inDepartment: true },
  "message.search": { roles: searchers, inDepartment: true },
  "message.content": { roles: searchers, inDepartment: true },
  "message.unmask": { roles: searchers, inDepartment: true },
  "exam.read": { roles: [...searchers, "department-owner", "clinical-reviewer"], inDepartment: true },
  "exam.search": { roles: searchers, inDepartment: true },
  "exam.unmask": { roles: searchers, inDepartment: true },
  "work.claim": { roles: searchers, inDepartment: true },
  "break-glass.use": { roles: [...searchers, "clinical-reviewer"], inDepartment: true },
  "dead-letter.read": { roles: analysts, inDepartment: true },
  "dead-letter.retry": { roles: analysts, inDepartment: true },
  "replay.request": { roles: analysts, inDepartment: true },
  "replay.approve": { roles: administrator, inDepartment: false },
  "on-call.read": { roles: watching, inDepartment: true },
  "on-call.write": { roles: analysts, inDepartment: true },
  "notice.read": { roles: administrator, inDepartment: false },
  "external-audit.read": { roles: [...analysts, "privacy-officer"], inDepartment: false },
  "audit.read": { roles: oversight, inDepartment: false },
  "patient-audit.read": { roles: oversight, inDepartment: false },
  "patient.erase": { roles: [], inDepartment: false },
  "break-glass.review": { roles: oversight, inDepartment: false },
  "audit-review.write": { roles: oversight, inDepartment: false },
  "source.read": { roles: analysts, inDepartment: false },
  "source.write": { roles: administrator, inDepartment: false },
  "source.secret": { roles: administrator, inDepartment: false },
  "token.write": { roles: administrator, inDepartment: false },
  "estate.read": { roles: analysts, inDepartment: false },
  "estate.write": { roles: analysts, inDepartment: false },
  "demo.write": { roles: administrator, inDepartment: false },
  "display.write": { roles: administrator, inDepartment: false },
  "backup.write": { roles: administrator, inDepartment: false },
  "setting.write": { roles: administrator, inDepartment: false },
  "retention.read": { roles: oversight, inDepartment: false },
  "legal-hold.write": { roles: oversight, inDepartment: false },
  "user.write": { roles: administrator, inDepartment: false },
  "approval.read": { roles: oversight, inDepartment: false },
  "role.approve": { roles: administrator, inDepartment: false },
  "ingest.write": { roles: [], inDepartment: false },
  "ingest.register": { roles: [], inDepartment: false },
  "fhir.write": { roles: [], inDepartment: false },
};

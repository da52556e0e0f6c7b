import type { Notice } from "./schema";

/** A notice in one sentence. `nameOf` gives people's names by id. */
export function noticeSentence(notice: Notice, nameOf: (userId: string) => string): string {
  switch (notice.kind) {
    case "role-granted": {
      const { userId, role, department, grantedBy, approvedBy } = notice.detail;
      const where = department === null ? "everywhere" : `in ${department}`;
      const second = approvedBy === null ? "without a second person" : `approved by ${nameOf(approvedBy)}`;
      return `${nameOf(userId)} was given the role ${role.replaceAll("-", " ")} ${where}, which may disclose data of patients: asked for by ${nameOf(grantedBy)}, ${second}.`;
    }
    case "emergency-used":
      return `The emergency account of ${nameOf(notice.detail.userId)} was used to sign in. Find out why, and say so under Admin.`;
  }
}

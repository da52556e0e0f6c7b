import { retentionFacts } from "@/lib/core/retention/kinds";
import { namedText } from "./kinds";
import type { Notice } from "./schema";

type Names = (userId: string) => string;

/** A notice in one sentence. `nameOf` gives people's names by id. */
export function noticeSentence(notice: Notice, nameOf: Names): string {
  switch (notice.kind) {
    case "role-granted": {
      const { userId, grantedBy } = notice.detail;
      return `${nameOf(userId)} was given the role ${namedText(notice.detail)}, which may disclose data of patients: asked for by ${nameOf(grantedBy)}, ${secondText(notice.detail, nameOf)}.`;
    }
    case "group-mapped": {
      const { group, mappedBy } = notice.detail;
      return `The group ${group} now stands for the role ${namedText(notice.detail)}, which may disclose data of patients: asked for by ${nameOf(mappedBy)}, ${secondText(notice.detail, nameOf)}.`;
    }
    case "emergency-used":
      return `The emergency account of ${nameOf(notice.detail.userId)} was used to sign in. It waits for a review under Admin, Single sign-on.`;
    case "emergency-marked": {
      const { userId, by, isMarked } = notice.detail;
      return `The account of ${nameOf(userId)} is ${isMarked ? "now kept" : "no longer kept"} for emergencies: changed by ${nameOf(by)}.`;
    }
    case "factors-reset": {
      const { userId, requestedBy, approvedBy } = notice.detail;
      return `All second factors of ${nameOf(userId)} were taken away: asked for by ${nameOf(requestedBy)}, approved by ${nameOf(approvedBy)}.`;
    }
    case "retention-changed": {
      const { record, before, days, requestedBy, approvedBy } = notice.detail;
      return `${retentionFacts[record].title} are now kept for ${days} days instead of ${before}: asked for by ${nameOf(requestedBy)}, approved by ${nameOf(approvedBy)}.`;
    }
    case "request-waits":
      return `A request of ${nameOf(notice.detail.requesterId)} waits too long for a second person: ${notice.detail.title}.`;
  }
}

function secondText({ approvedBy }: { readonly approvedBy: string | null }, nameOf: Names): string {
  return approvedBy === null ? "without a second person" : `approved by ${nameOf(approvedBy)}`;
}

import type { ReviewLine } from "@/lib/core/audit/review";
import { formatDay, formatMoment } from "@/lib/core/time/format";
import { grantWords } from "../../../role-words";

type Clock = { readonly now: Date; readonly zone: string };

/** What a line is about, in one sentence without the person's name. */
export function subjectText({ subject }: ReviewLine, { now, zone }: Clock): string {
  switch (subject.kind) {
    case "opening":
      return `Opened the values of a message, ${formatMoment({ at: subject.at, zone, now })}`;
    case "week":
      return weekText(subject, { now, zone });
    case "account":
      return "Account";
    case "role":
      return grantWords({ role: subject.role, department: subject.department ?? undefined });
    case "token":
      return `Token ${subject.name} of ${subject.source}`;
    case "client":
      return `API client ${subject.name}`;
  }
}

/** When what a line is about was last used; undefined for lines about acts. */
export function lastUseText({ subject }: ReviewLine, { now, zone }: Clock): string | undefined {
  if (subject.kind === "opening" || subject.kind === "week") return undefined;
  return subject.lastUsedAt === null ? "never" : formatDay({ at: subject.lastUsedAt, zone, now });
}

function weekText(
  subject: Extract<ReviewLine["subject"], { readonly kind: "week" }>,
  { now, zone }: Clock,
): string {
  const { acts, looks, peersMedian, actsWhileDisabled, lastActBefore } = subject;
  return [
    `${looks} looks at messages and patients`,
    ...(peersMedian === null ? [] : [`median of the others ${peersMedian}`]),
    `${acts} lines in the trail`,
    ...(actsWhileDisabled === 0 ? [] : [`${actsWhileDisabled} while disabled`]),
    ...(lastActBefore === null
      ? []
      : [`last before this week ${formatDay({ at: lastActBefore, zone, now })}`]),
  ].join(", ");
}

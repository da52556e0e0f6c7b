import type { NoticeKind, NoticeSeverity, OutgoingNotice } from "./schema";

export const severityWords: Readonly<Record<NoticeSeverity, string>> = {
  critical: "Critical",
  warning: "Warning",
  notice: "Notice",
};

const kindWords: Readonly<Record<NoticeKind, string>> = {
  incident_opened: "Incident opened",
  incident_escalated: "Incident worse",
  incident_handed_over: "Incident handed over",
  incident_acknowledged: "Incident acknowledged",
  incident_resolved: "Incident resolved",
  condition_cleared: "Condition cleared",
  test: "Test",
};

/** "Critical: Lab results to RIS", or what became of it. */
export function noticeTitle({ kind, severity, interfaceName }: OutgoingNotice): string {
  const isNew = kind === "incident_opened";
  return `${isNew ? severityWords[severity] : kindWords[kind]}: ${interfaceName}`;
}

/** The reason and how many messages it concerns. */
export function noticeSentence({ kind, reason, count }: OutgoingNotice): string {
  if (kind === "test") return "This is a test. If you can read it, you are told of incidents this way.";
  if (count === 0) return reason;
  return `${reason} (${count === 1 ? "1 message" : `${count} messages`})`;
}

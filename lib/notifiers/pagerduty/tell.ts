import type { NoticeKind } from "@/lib/core/notice/schema";
import { noticeSentence, noticeTitle } from "@/lib/core/notice/words";
import { type Notifier, postJson, type Telling } from "../notifier";

/**
 * A notice as an event of PagerDuty (Events API v2). The incident is the key by which PagerDuty knows all that belongs
 * together: triggered again it stays one, and acknowledging and resolving it here does so there.
 */
export const tellByPagerDuty: Notifier<"pagerduty"> = (telling, { url, routingKey }, io) => {
  const { id, notice } = telling;
  const dedupKey = notice.kind === "test" ? `signalbox-test-${id}` : `signalbox-${notice.incidentId}`;
  const body = {
    routing_key: routingKey,
    event_action: actions[notice.kind],
    dedup_key: dedupKey,
    ...(actions[notice.kind] === "trigger" ? triggerOf(telling) : {}),
  };
  return postJson(io, { url, body: JSON.stringify(body) });
};

const actions: Readonly<Record<NoticeKind, "trigger" | "acknowledge" | "resolve">> = {
  incident_opened: "trigger",
  incident_escalated: "trigger",
  incident_handed_over: "trigger",
  incident_acknowledged: "acknowledge",
  incident_resolved: "resolve",
  // PagerDuty has no event for a part of an incident: it is not told of these.
  condition_cleared: "trigger",
  test: "trigger",
};

function triggerOf({ notice, link }: Telling) {
  const severities = { critical: "critical", warning: "warning", notice: "info" } as const;
  const payload = {
    // A summary takes 1,024 characters at most.
    summary: `${noticeTitle(notice)}. ${noticeSentence(notice)}`,
    source: notice.interfaceName || "Signalbox",
    severity: notice.kind === "test" ? "info" : severities[notice.severity],
    timestamp: notice.raisedAt.toISOString(),
    ...(notice.department === null ? {} : { group: notice.department }),
  };
  const links = [{ href: link, text: "Open in Signalbox" }];
  return { client: "Signalbox", client_url: link, links, payload };
}

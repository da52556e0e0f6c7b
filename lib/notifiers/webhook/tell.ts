import { SIGNATURE_HEADER, signBody } from "@/lib/core/notice/signature";
import { noticeSentence, noticeTitle } from "@/lib/core/notice/words";
import { type Notifier, postJson } from "../notifier";

/** A notice as signed JSON, for programs. `docs/tasks/be-told.md` says what is in it and how to check it. */
export const tellByWebhook: Notifier<"webhook"> = (telling, { url, secret, previousSecret }, io) => {
  const { id, notice, link, now } = telling;
  const body = JSON.stringify({
    id,
    kind: notice.kind,
    severity: notice.severity,
    incident: notice.incidentId,
    interface: notice.interfaceName,
    reason: notice.reason,
    count: notice.count,
    department: notice.department,
    title: noticeTitle(notice),
    text: noticeSentence(notice),
    link,
    raisedAt: notice.raisedAt.toISOString(),
  });
  const secrets = previousSecret === undefined ? [secret] : [secret, previousSecret];
  const headers = { [SIGNATURE_HEADER]: signBody({ body, secrets, at: now }), "Idempotency-Key": id };
  return postJson(io, { url, headers, body });
};

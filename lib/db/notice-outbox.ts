import { scrubErrorText } from "@/lib/core/message/scrub";
import { MAX_NOTICE_TEXT, noticeSchema, type OutgoingNotice } from "@/lib/core/notice/schema";
import type { Transaction } from "./transaction";

/**
 * Puts a notice into the outbox, in the transaction of what it tells of: both happen or neither. A key that was raised
 * before is raised no more. Answers with whether it is new.
 * @throws ZodError where it is none: a fault of whoever raises it
 */
export async function raiseNotice(tx: Transaction, notice: OutgoingNotice): Promise<boolean> {
  const { key, kind, incidentId, count, path, severity, department, raisedAt, ...texts } =
    noticeSchema.parse(notice);
  const inserted = await tx.$executeRaw`
    INSERT INTO signal.notice_outbox
      (key, kind, incident_id, interface_name, reason, count, path, severity, department, raised_at)
    VALUES (${key}, ${kind}, ${incidentId}, ${texts.interfaceName.slice(0, MAX_NOTICE_TEXT)},
      ${scrubErrorText(texts.reason).slice(0, MAX_NOTICE_TEXT)}, ${count}, ${path}, ${severity}, ${department}, ${raisedAt})
    ON CONFLICT (key) DO NOTHING`;
  return inserted === 1;
}

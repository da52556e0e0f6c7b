import { randomUUID } from "node:crypto";
import { insertDeliveries, type Recipient } from "@/lib/db/notice-deliveries";
import { raiseNotice } from "@/lib/db/notice-outbox";
import { findNoticeId } from "@/lib/db/notice-routing";
import type { Transaction } from "@/lib/db/transaction";

/** Puts a test in line for one recipient. It goes the way of every notice, so that it shows whether one would arrive. */
export async function sendTest(
  tx: Transaction,
  to: { readonly recipient: Recipient; readonly now: Date },
): Promise<void> {
  const { recipient, now } = to;
  const key = `test/${randomUUID()}`;
  await raiseNotice(tx, {
    key,
    kind: "test",
    incidentId: "",
    interfaceName: "Signalbox",
    reason: "",
    count: 0,
    path: "/account",
    severity: "notice",
    department: null,
    raisedAt: now,
  });
  const noticeId = await findNoticeId(tx, key);
  await insertDeliveries(tx, { noticeId, recipients: [recipient], now });
}

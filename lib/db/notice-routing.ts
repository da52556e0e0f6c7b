import type { ChannelKind } from "@/lib/core/notice/kinds";
import type { OutgoingNotice } from "@/lib/core/notice/schema";
import { NOTICE_COLUMNS, noticeOf, type Recipient } from "./notice-deliveries";
import type { Transaction } from "./transaction";

export type RaisedNotice = { readonly id: string; readonly notice: OutgoingNotice };

/** The oldest notice of which it is not settled who is told, held to the end of the transaction. Index notice_outbox_unrouted. */
export async function lockUnrouted(tx: Transaction): Promise<RaisedNotice | undefined> {
  const rows = await tx.$queryRawUnsafe<readonly (OutgoingNotice & { readonly id: string })[]>(
    `SELECT n.id::text, ${NOTICE_COLUMNS} FROM signal.notice_outbox n
     WHERE n.routed_at IS NULL ORDER BY n.id LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  const [row] = rows;
  return row === undefined ? undefined : { id: row.id, notice: noticeOf(row) };
}

export async function markRouted(
  tx: Transaction,
  of: { readonly id: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`UPDATE signal.notice_outbox SET routed_at = ${of.now} WHERE id = ${of.id}::bigint`;
}

/** Whoever was told anything of an incident, each once, with the kind of their channel. Index notice_outbox_incident. */
export async function toldOf(
  tx: Transaction,
  incidentId: string,
): Promise<readonly (Recipient & { readonly kind: ChannelKind })[]> {
  const rows = await tx.$queryRaw<
    readonly {
      channelId: string | null;
      userId: string | null;
      teamId: string | null;
      kind: ChannelKind;
    }[]
  >`
    SELECT DISTINCT d.channel_id::text AS "channelId", d.user_id::text AS "userId", d.team_id::text AS "teamId",
      coalesce(c.kind, 'email') AS kind
    FROM signal.notice_outbox n JOIN signal.notice_delivery d ON d.notice_id = n.id
      LEFT JOIN signal.notice_channel c ON c.id = d.channel_id
    WHERE n.incident_id = ${incidentId} AND c.removed_at IS NULL`;
  return rows.map(({ channelId, userId, teamId, kind }) => ({
    channelId: channelId ?? undefined,
    userId: userId ?? undefined,
    teamId: teamId ?? undefined,
    kind,
  }));
}

/** The notice with a key, which this transaction raised. */
export async function findNoticeId(tx: Transaction, key: string): Promise<string> {
  const rows = await tx.$queryRaw<readonly { id: string }[]>`
    SELECT id::text FROM signal.notice_outbox WHERE key = ${key}`;
  return rows[0]?.id ?? "";
}

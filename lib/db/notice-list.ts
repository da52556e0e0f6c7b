import type { ChannelKind } from "@/lib/core/notice/kinds";
import type { NoticeProblem } from "@/lib/core/notice/problem";
import type { OutgoingNotice } from "@/lib/core/notice/schema";
import { database } from "./client";
import { NOTICE_COLUMNS, noticeOf } from "./notice-deliveries";

export type DeliveryState = "waiting" | "sent" | "failed";

/** One telling, as it stands. */
export type DeliveryRecord = {
  readonly id: string;
  readonly notice: OutgoingNotice;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly problem: NoticeProblem | undefined;
  readonly createdAt: Date;
  readonly nextAt: Date;
  readonly endedAt: Date | undefined;
  /** The name of the person or the team; undefined where it is gone. */
  readonly toldTo: string | undefined;
  readonly channel: ChannelKind;
  readonly channelName: string | undefined;
};

type Row = OutgoingNotice & {
  readonly id: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly problem: NoticeProblem | null;
  readonly createdAt: Date;
  readonly nextAt: Date;
  readonly endedAt: Date | null;
  readonly toldTo: string | null;
  readonly channel: ChannelKind;
  readonly channelName: string | null;
};

/** The newest tellings; those of one person alone where one is named. By the key of the outbox. */
export async function listDeliveries(ask: {
  readonly limit: number;
  readonly userId?: string | undefined;
}): Promise<readonly DeliveryRecord[]> {
  const { rows } = await database().pool.query<Row>(
    `SELECT d.id::text, d.state, d.attempts, d.problem, d.created_at AS "createdAt", d.next_at AS "nextAt",
       d.ended_at AS "endedAt", coalesce(u.name, t.name) AS "toldTo", coalesce(c.kind, 'email') AS channel,
       c.name AS "channelName", ${NOTICE_COLUMNS}
     FROM signal.notice_outbox n JOIN signal.notice_delivery d ON d.notice_id = n.id
       LEFT JOIN signal.notice_channel c ON c.id = d.channel_id
       LEFT JOIN public."user" u ON u.id = d.user_id LEFT JOIN signal.on_call_team t ON t.id = d.team_id
     WHERE $2::uuid IS NULL OR d.user_id = $2
     ORDER BY n.id DESC, d.created_at DESC, d.id LIMIT $1`,
    [ask.limit, ask.userId ?? null],
  );
  return rows.map((row) => ({
    id: row.id,
    notice: noticeOf(row),
    state: row.state,
    attempts: row.attempts,
    problem: row.problem ?? undefined,
    createdAt: row.createdAt,
    nextAt: row.nextAt,
    endedAt: row.endedAt ?? undefined,
    toldTo: row.toldTo ?? undefined,
    channel: row.channel,
    channelName: row.channelName ?? undefined,
  }));
}

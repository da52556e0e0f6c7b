import type { NoticeProblem } from "@/lib/core/notice/problem";
import { noticeSchema, type OutgoingNotice } from "@/lib/core/notice/schema";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** Whom one notice is told, through what. Without a channel it goes to the e-mail address of the account. */
export type Recipient = {
  readonly channelId: string | undefined;
  readonly userId: string | undefined;
  readonly teamId: string | undefined;
};

/** Puts deliveries of a notice in line; one that is in line for the same step already stays one. Answers with how many are new. */
export async function insertDeliveries(
  tx: Transaction,
  ask: {
    readonly noticeId: string;
    readonly recipients: readonly Recipient[];
    readonly of?: { readonly cycle: number; readonly step: number } | undefined;
    readonly now: Date;
  },
): Promise<number> {
  const { noticeId, recipients, of, now } = ask;
  return tx.$executeRaw`
    INSERT INTO signal.notice_delivery (id, notice_id, channel_id, user_id, team_id, cycle, step, next_at, created_at)
    SELECT gen_random_uuid(), ${noticeId}::bigint, channel, person, team, ${of?.cycle ?? null}, ${of?.step ?? null}, ${now}, ${now}
    FROM unnest(${column(recipients, "channelId")}::uuid[], ${column(recipients, "userId")}::uuid[],
      ${column(recipients, "teamId")}::uuid[]) AS r (channel, person, team)
    ON CONFLICT DO NOTHING`;
}

function column(recipients: readonly Recipient[], name: keyof Recipient): (string | null)[] {
  return recipients.map((recipient) => recipient[name] ?? null);
}

/** A delivery on its way out, with what opens its address. */
export type DueDelivery = {
  readonly id: string;
  readonly attempts: number;
  readonly userId: string | undefined;
  readonly notice: OutgoingNotice;
  readonly channel:
    | { readonly id: string; readonly keyId: string; readonly bytes: Buffer; readonly isRemoved: boolean }
    | undefined;
  /** The address of the account, where nothing else was chosen. */
  readonly email: string | undefined;
};

/**
 * Takes deliveries that are due, counts the attempt, and keeps others from them until the lease is over. Whoever dies on
 * the way leaves them to the next. Index notice_delivery_due.
 */
export async function takeDeliveries(ask: {
  readonly now: Date;
  readonly leaseUntil: Date;
  readonly limit: number;
}): Promise<readonly DueDelivery[]> {
  const { rows } = await database().pool.query<DueRow>(
    `WITH due AS (
       SELECT id FROM signal.notice_delivery WHERE state = 'waiting' AND next_at <= $1
       ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED
     ), taken AS (
       UPDATE signal.notice_delivery d SET attempts = d.attempts + 1, next_at = $2 FROM due WHERE d.id = due.id
       RETURNING d.id, d.notice_id, d.channel_id, d.user_id, d.attempts
     )
     SELECT t.id::text, t.attempts, t.user_id::text AS "userId", ${NOTICE_COLUMNS},
       c.id::text AS "channelId", c.key_id AS "keyId", c.sealed, c.removed_at IS NOT NULL AS "isRemoved", u.email
     FROM taken t JOIN signal.notice_outbox n ON n.id = t.notice_id
       LEFT JOIN signal.notice_channel c ON c.id = t.channel_id
       LEFT JOIN public."user" u ON u.id = t.user_id AND u.disabled_at IS NULL AND t.channel_id IS NULL`,
    [ask.now, ask.leaseUntil, ask.limit],
  );
  return rows.map((row) => ({
    id: row.id,
    attempts: row.attempts,
    userId: row.userId ?? undefined,
    notice: noticeOf(row),
    channel: channelOf(row),
    email: row.email ?? undefined,
  }));
}

/** The columns of a notice in a statement where the outbox is `n`; `noticeOf` reads them. */
export const NOTICE_COLUMNS = `n.key, n.kind, n.incident_id AS "incidentId", n.interface_name AS "interfaceName", n.reason, n.count,
  n.path, n.severity, n.department, n.raised_at AS "raisedAt"`;

/** A notice out of a row that may hold more. */
export function noticeOf(row: OutgoingNotice): OutgoingNotice {
  const { key, kind, incidentId, interfaceName, reason, count, path, severity, department, raisedAt } = row;
  const notice = {
    key,
    kind,
    incidentId,
    interfaceName,
    reason,
    count,
    path,
    severity,
    department,
    raisedAt,
  };
  return noticeSchema.parse(notice);
}

type DueRow = OutgoingNotice & {
  readonly id: string;
  readonly attempts: number;
  readonly userId: string | null;
  readonly channelId: string | null;
  readonly keyId: string | null;
  readonly sealed: Buffer | null;
  readonly isRemoved: boolean;
  readonly email: string | null;
};

function channelOf({ channelId: id, keyId, sealed, isRemoved }: DueRow): DueDelivery["channel"] {
  return id === null || keyId === null || sealed === null
    ? undefined
    : { id, keyId, bytes: sealed, isRemoved };
}

/** It arrived. Also whoever's lease was over says so: better once noted too often than told twice. */
export async function noteSent(id: string, now: Date): Promise<void> {
  await database().pool.query(
    `UPDATE signal.notice_delivery SET state = 'sent', ended_at = $2, problem = NULL WHERE id = $1 AND state = 'waiting'`,
    [id, now],
  );
}

/** It did not: it is tried again at an instant, or never where there is none. */
export async function noteNotSent(ask: {
  readonly id: string;
  readonly attempts: number;
  readonly problem: NoticeProblem;
  readonly nextAt: Date | undefined;
  readonly now: Date;
}): Promise<void> {
  await database().pool.query(
    `UPDATE signal.notice_delivery SET problem = $3, next_at = coalesce($4, next_at),
       state = CASE WHEN $4::timestamptz IS NULL THEN 'failed' ELSE state END,
       ended_at = CASE WHEN $4::timestamptz IS NULL THEN $5::timestamptz END
     WHERE id = $1 AND state = 'waiting' AND attempts = $2`,
    [ask.id, ask.attempts, ask.problem, ask.nextAt, ask.now],
  );
}

/** How long the oldest notice waits to be routed, told on or sent although it is due, in seconds; 0 when none does. */
export async function oldestOverdueS(now: Date): Promise<number> {
  const { rows } = await database().pool.query<{ seconds: number }>(
    `SELECT coalesce(extract(epoch FROM $1::timestamptz - min(at)), 0)::float8 AS seconds FROM (
       (SELECT raised_at AS at FROM signal.notice_outbox WHERE routed_at IS NULL ORDER BY id LIMIT 1)
       UNION ALL SELECT min(next_at) FROM signal.escalation WHERE ended_at IS NULL AND next_at <= $1
       UNION ALL SELECT min(next_at) FROM signal.notice_delivery WHERE state = 'waiting' AND next_at <= $1
     ) AS due`,
    [now],
  );
  return rows[0]?.seconds ?? 0;
}

import type { Judgement } from "@/lib/core/disclosure/break-glass";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** One emergency access as it was used. */
export type BreakGlass = {
  readonly id: string;
  readonly userId: string;
  readonly userName: string | undefined;
  readonly reason: string;
  readonly reasonText: string;
  readonly startedAt: Date;
  /** When it ended or will end: by itself, or before that by the person. */
  readonly endsAt: Date;
  readonly reviewDue: Date;
  readonly judgement: Judgement | undefined;
  readonly judgementText: string | undefined;
  readonly reviewedBy: string | undefined;
  /** Lines that the person left in the audit trail meanwhile, and how many of them show values of a message. */
  readonly lines: number;
  readonly values: number;
  /** Whether the same person had used it within the day before. */
  readonly isRepeated: boolean;
};

/** Until when a person has emergency access; undefined when they have none. Index break_glass_person. */
export async function findLiveBreakGlass(
  userId: string,
  now: Date,
): Promise<{ readonly id: string; readonly endsAt: Date } | undefined> {
  const { rows } = await database().pool.query<{ id: string; endsAt: Date }>(
    `SELECT id, expires_at AS "endsAt" FROM signal.break_glass
     WHERE user_id = $1 AND started_at <= $2 AND expires_at > $2 AND ended_at IS NULL LIMIT 1`,
    [userId, now],
  );
  return rows[0];
}

/** Begins one. False while one of this person runs: asked at once twice, it begins once. */
export async function insertBreakGlass(
  tx: Transaction,
  use: {
    readonly id: string;
    readonly userId: string;
    readonly reason: string;
    readonly reasonText: string;
    readonly startedAt: Date;
    readonly expiresAt: Date;
    readonly reviewDue: Date;
  },
): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signalbox.break-glass'), hashtext(${use.userId}))`;
  const inserted = await tx.$executeRaw`
    INSERT INTO signal.break_glass (id, user_id, reason, reason_text, started_at, expires_at, review_due)
    SELECT ${use.id}::uuid, ${use.userId}::uuid, ${use.reason}, ${use.reasonText}, ${use.startedAt}, ${use.expiresAt},
      ${use.reviewDue}
    WHERE NOT EXISTS (SELECT FROM signal.break_glass
      WHERE user_id = ${use.userId}::uuid AND expires_at > ${use.startedAt} AND ended_at IS NULL)`;
  return inserted === 1;
}

/** Ends what a person has running. Undefined when nothing was. */
export async function endBreakGlassRow(
  tx: Transaction,
  of: { readonly userId: string; readonly now: Date },
): Promise<string | undefined> {
  const rows = await tx.$queryRaw<readonly { id: string }[]>`
    UPDATE signal.break_glass SET ended_at = ${of.now}
    WHERE user_id = ${of.userId}::uuid AND started_at <= ${of.now} AND expires_at > ${of.now} AND ended_at IS NULL
    RETURNING id::text`;
  return rows[0]?.id;
}

/** Writes the judgement of what is over and not judged yet, by somebody else. False where there is no such. */
export async function judgeBreakGlassRow(
  tx: Transaction,
  review: {
    readonly id: string;
    readonly judgement: Judgement;
    readonly text: string;
    readonly reviewerId: string;
    readonly now: Date;
  },
): Promise<boolean> {
  const { id, judgement, text, reviewerId, now } = review;
  const changed = await tx.$executeRaw`
    UPDATE signal.break_glass SET judgement = ${judgement}, judgement_text = ${text},
      reviewed_by = ${reviewerId}::uuid, reviewed_at = ${now}
    WHERE id = ${id}::uuid AND judgement IS NULL AND user_id <> ${reviewerId}::uuid
      AND (ended_at IS NOT NULL OR expires_at <= ${now})`;
  return changed === 1;
}

/** Those that wait for a judgement, the one that is due first in front, then the newest that were judged. */
export async function listBreakGlass(limit: number): Promise<readonly BreakGlass[]> {
  const { rows } = await database().pool.query(
    `SELECT b.id::text, b.user_id::text AS "userId", u.name AS "userName", b.reason, b.reason_text AS "reasonText",
       b.started_at AS "startedAt", coalesce(b.ended_at, b.expires_at) AS "endsAt", b.review_due AS "reviewDue",
       b.judgement, b.judgement_text AS "judgementText", r.name AS "reviewedBy", seen.lines, seen.values,
       EXISTS (SELECT FROM signal.break_glass p WHERE p.user_id = b.user_id AND p.id <> b.id
         AND p.started_at < b.started_at AND p.started_at > b.started_at - interval '24 hours') AS "isRepeated"
     FROM signal.break_glass b
     LEFT JOIN public."user" u ON u.id = b.user_id
     LEFT JOIN public."user" r ON r.id = b.reviewed_by
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS lines, count(*) FILTER (WHERE l.entity_type IN ('message-values', 'work-claim') AND l.action = 'R')::int AS values
       FROM signal.audit_leaf l
       WHERE l.actor_id = b.user_id::text AND l.at >= b.started_at AND l.at <= coalesce(b.ended_at, b.expires_at)) seen
     ORDER BY b.judgement IS NOT NULL, CASE WHEN b.judgement IS NULL THEN b.review_due END, b.started_at DESC
     LIMIT $1`,
    [limit],
  );
  return rows.map((row) => ({
    ...row,
    userName: row.userName ?? undefined,
    judgement: row.judgement ?? undefined,
    judgementText: row.judgementText ?? undefined,
    reviewedBy: row.reviewedBy ?? undefined,
  }));
}

/** How many wait for this reviewer's judgement, running ones included. Index break_glass_to_review. */
export async function countToReview(reviewerId: string): Promise<number> {
  const { rows } = await database().pool.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM signal.break_glass WHERE judgement IS NULL AND user_id::text <> $1",
    [reviewerId],
  );
  return rows[0]?.count ?? 0;
}

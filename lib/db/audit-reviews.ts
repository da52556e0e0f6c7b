import type { Review, ReviewLine, ReviewLineDraft } from "@/lib/core/audit/review";
import type { LineJudgement, ReviewKind } from "@/lib/core/audit/review-words";
import { reviewSubjectSchema } from "@/lib/core/audit/schema";
import type { TimeRange } from "@/lib/core/time/range";
import { database } from "./client";
import type { Transaction } from "./transaction";

export type NewReview = TimeRange & {
  readonly id: string;
  readonly kind: ReviewKind;
  readonly zone: string;
  readonly covered: Readonly<Record<string, number>>;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly lines: readonly ReviewLineDraft[];
};

/** Keeps a review with its lines. False while one of the kind covers any of its time: of two that are opened at once, one is. */
export async function insertReview(tx: Transaction, review: NewReview): Promise<boolean> {
  const { id, kind, from, to, zone, lines } = review;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signalbox.audit-review'))`;
  const inserted = await tx.$executeRaw`
    INSERT INTO signal.audit_review (id, kind, from_at, to_at, zone, covered, opened_by, opened_at)
    SELECT ${id}::uuid, ${kind}, ${from}, ${to}, ${zone}, ${JSON.stringify(review.covered)}::jsonb,
      ${review.openedBy}::uuid, ${review.openedAt}
    WHERE NOT EXISTS (SELECT FROM signal.audit_review
      WHERE kind = ${kind} AND from_at < ${to} AND to_at > ${from})`;
  if (inserted === 0) return false;
  const drafts = lines.map((line, position) => ({ position, ...line, personId: line.personId ?? null }));
  await tx.$executeRaw`
    INSERT INTO signal.audit_review_line (review_id, position, rules, person_id, subject)
    SELECT ${id}::uuid, d.position, d.rules, d."personId", d.subject
    FROM jsonb_to_recordset(${JSON.stringify(drafts)}::jsonb)
      AS d (position int, rules text[], "personId" uuid, subject jsonb)`;
  return true;
}

const reviewColumns = `r.id::text, r.kind, r.from_at AS "from", r.to_at AS "to", r.zone, r.covered, o.name AS "openedBy",
  r.opened_at AS "openedAt", s.name AS "signedBy", r.signed_at AS "signedAt", l.lines, l."linesJudged",
  l."linesToFollowUp"`;
const fromReviews = `FROM signal.audit_review r
  LEFT JOIN public."user" o ON o.id = r.opened_by LEFT JOIN public."user" s ON s.id = r.signed_by
  CROSS JOIN LATERAL (SELECT count(*)::int AS lines, count(l.judgement)::int AS "linesJudged",
    count(*) FILTER (WHERE l.judgement = 'follow-up')::int AS "linesToFollowUp"
    FROM signal.audit_review_line l WHERE l.review_id = r.id) l`;

/** The newest reviews of every kind. */
export async function listReviewRows(limit: number): Promise<readonly Review[]> {
  const { rows } = await database().pool.query<ReviewRow>(
    `SELECT ${reviewColumns} ${fromReviews} ORDER BY r.to_at DESC, r.kind LIMIT $1`,
    [limit],
  );
  return rows.map(reviewOf);
}

export async function findReview(id: string): Promise<Review | undefined> {
  const { rows } = await database().pool.query<ReviewRow>(
    `SELECT ${reviewColumns} ${fromReviews} WHERE r.id = $1`,
    [id],
  );
  return rows[0] && reviewOf(rows[0]);
}

type ReviewRow = Omit<Review, "openedBy" | "signed"> & {
  readonly openedBy: string | null;
  readonly signedBy: string | null;
  readonly signedAt: Date | null;
};

function reviewOf({ openedBy, signedBy, signedAt, ...row }: ReviewRow): Review {
  return {
    ...row,
    openedBy: openedBy ?? GONE,
    signed: signedAt === null ? undefined : { by: signedBy ?? GONE, at: signedAt },
  };
}

/** The lines of a review in its order. */
export async function readReviewLines(id: string): Promise<readonly ReviewLine[]> {
  const { rows } = await database().pool.query(
    `SELECT l.position, l.rules, l.person_id::text AS "personId", p.name AS "personName", l.subject, l.judgement, l.note,
       j.name AS "judgedBy", l.judged_at AS "judgedAt"
     FROM signal.audit_review_line l
     LEFT JOIN public."user" p ON p.id = l.person_id LEFT JOIN public."user" j ON j.id = l.judged_by
     WHERE l.review_id = $1 ORDER BY l.position`,
    [id],
  );
  return rows.map(({ judgement, note, judgedBy, judgedAt, ...row }) => ({
    ...row,
    personId: row.personId ?? undefined,
    personName: row.personName ?? undefined,
    subject: reviewSubjectSchema.parse(row.subject),
    judged: judgement === null ? undefined : { judgement, note, by: judgedBy ?? GONE, at: judgedAt },
  }));
}

/** Writes a judgement, or another in its place, until the review is signed. False where it cannot be given by this person. */
export async function judgeReviewLine(
  tx: Transaction,
  line: {
    readonly id: string;
    readonly position: number;
    readonly judgement: LineJudgement;
    readonly note: string;
    readonly by: string;
    readonly now: Date;
  },
): Promise<boolean> {
  const { id, position, judgement, note, by, now } = line;
  const changed = await tx.$executeRaw`
    UPDATE signal.audit_review_line l
    SET judgement = ${judgement}, note = ${note}, judged_by = ${by}::uuid, judged_at = ${now}
    FROM signal.audit_review r
    WHERE r.id = l.review_id AND r.signed_at IS NULL AND l.review_id = ${id}::uuid AND l.position = ${position}
      AND l.person_id IS DISTINCT FROM ${by}::uuid AND l.judgement IS DISTINCT FROM 'removed'
      AND (r.kind = 'activity') = (${judgement} IN ('fine', 'follow-up'))`;
  return changed === 1;
}

/** Signs a review whose lines are all judged. False where it is signed already, gone, or not all of it is judged. */
export async function signReviewRow(
  tx: Transaction,
  review: { readonly id: string; readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { id, by, now } = review;
  const changed = await tx.$executeRaw`
    UPDATE signal.audit_review SET signed_by = ${by}::uuid, signed_at = ${now}
    WHERE id = ${id}::uuid AND signed_at IS NULL
      AND NOT EXISTS (SELECT FROM signal.audit_review_line WHERE review_id = ${id}::uuid AND judgement IS NULL)`;
  return changed === 1;
}

const GONE = "somebody whose account is gone";

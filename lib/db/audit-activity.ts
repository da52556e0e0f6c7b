import type { Opening, PersonWeek, WeekFacts } from "@/lib/core/audit/activity-rules";
import type { TimeRange } from "@/lib/core/time/range";
import { database } from "./client";

/** Lines that mean a look at what concerns patients. */
const looks = ["message-values", "work-claim", "message-content", "message-search", "patient-audit"];

/** Changes that say nothing about why somebody looked at a patient. */
const besideThePoint = [
  "session",
  "second-factor",
  "factor-reset",
  "permission",
  "step-up",
  "break-glass",
  "message-values",
  "work-claim",
  "disclosure-signs",
  "notice",
  "audit-review",
  "audit-trail",
  "audit-witness",
];

/** What people did in a week of the trail, and how many lines it has. Indexes audit_leaf_at, audit_leaf_actor, audit_leaf_entity. */
export async function readWeekFacts(
  range: TimeRange,
  zone: string,
): Promise<WeekFacts & { readonly lines: number }> {
  const [people, openings, lines] = await Promise.all([
    readPeople(range),
    readOpenings(range, zone),
    countLines(range),
  ]);
  return { from: range.from, people, openings, lines };
}

async function readPeople({ from, to }: TimeRange): Promise<readonly PersonWeek[]> {
  const { rows } = await database().pool.query(
    `WITH week AS (
       SELECT l.actor_id, count(*)::int AS acts,
         count(*) FILTER (WHERE l.entity_type = ANY ($3) AND l.outcome = 'success')::int AS looks,
         count(*) FILTER (WHERE l.at > u.disabled_at)::int AS "actsWhileDisabled"
       FROM signal.audit_leaf l JOIN public."user" u ON u.id::text = l.actor_id
       WHERE l.at >= $1 AND l.at < $2 AND l.actor_kind = 'user' GROUP BY l.actor_id)
     SELECT u.id::text AS "personId", week.acts, week.looks, week."actsWhileDisabled",
       ARRAY(SELECT DISTINCT g.role FROM public.role_grant g WHERE g.user_id = u.id ORDER BY 1) AS roles,
       (SELECT p.at FROM signal.audit_leaf p WHERE p.actor_id = week.actor_id AND p.at < $1
        ORDER BY p.at DESC, p.id DESC LIMIT 1) AS "lastActBefore"
     FROM week JOIN public."user" u ON u.id::text = week.actor_id ORDER BY u.name, u.id`,
    [from, to, looks],
  );
  return rows.map((row) => ({ ...row, lastActBefore: row.lastActBefore ?? undefined }));
}

async function readOpenings({ from, to }: TimeRange, zone: string): Promise<readonly Opening[]> {
  const { rows } = await database().pool.query(
    `SELECT l.id::text AS "leafId", l.at, l.actor_id AS "personId",
       EXISTS (SELECT FROM signal.audit_leaf a
         WHERE a.actor_id = l.actor_id AND a.at > l.at AND a.at < l.at + interval '24 hours'
           AND a.action IN ('C', 'U', 'D', 'E') AND a.outcome = 'success' AND a.entity_type <> ALL ($4)) AS "hasLaterAct",
       extract(isodow FROM l.at AT TIME ZONE $3) > 5
         OR extract(hour FROM l.at AT TIME ZONE $3) NOT BETWEEN 7 AND 18 AS "isOffHours",
       s.detail AS signs
     FROM signal.audit_leaf l
     LEFT JOIN LATERAL (SELECT s.detail FROM signal.audit_leaf s
       WHERE s.entity_type = 'disclosure-signs' AND s.entity_id = l.detail->>'grant' LIMIT 1) s ON true
     WHERE l.entity_type IN ('message-values', 'work-claim') AND l.action = 'R' AND l.outcome = 'success' AND l.actor_kind = 'user'
       AND l.at >= $1 AND l.at < $2
     ORDER BY l.at, l.id`,
    [from, to, zone, besideThePoint],
  );
  return rows.map(({ signs, ...row }) => ({
    ...row,
    signs: signs === null ? undefined : signsOf(signs),
  }));
}

function signsOf(detail: Readonly<Record<string, unknown>>): NonNullable<Opening["signs"]> {
  return {
    isSameSurname: detail["isSameSurname"] === true,
    isSameName: detail["isSameName"] === true,
    isFlagged: detail["isFlagged"] === true,
  };
}

async function countLines({ from, to }: TimeRange): Promise<number> {
  const { rows } = await database().pool.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM signal.audit_leaf WHERE at >= $1 AND at < $2",
    [from, to],
  );
  return rows[0]?.count ?? 0;
}

import type { HeldAccess } from "@/lib/core/audit/access-rules";
import { reviewSubjectSchema } from "@/lib/core/audit/schema";
import { database } from "./client";

/** Every enabled account, every role that one holds, and every token and client that still works, with its last use. */
export async function readHeldAccess(now: Date): Promise<readonly HeldAccess[]> {
  const { rows } = await database().pool.query(heldAccess, [now]);
  return rows.map(({ personId, lastUsedAt, expires, subject }) => ({
    personId: personId ?? undefined,
    lastUsedAt: lastUsedAt ?? undefined,
    expires: expires ?? undefined,
    subject: reviewSubjectSchema.parse({ ...subject, lastUsedAt }),
  }));
}

// People count as using an account whenever they leave a line in the trail. Index audit_leaf_actor.
const heldAccess = `WITH person AS (
    SELECT u.id, u.name, (SELECT l.at FROM signal.audit_leaf l WHERE l.actor_id = u.id::text AND l.outcome = 'success'
      ORDER BY l.at DESC, l.id DESC LIMIT 1) AS used_at
    FROM public."user" u WHERE u.disabled_at IS NULL)
  SELECT "personId", "lastUsedAt", expires, subject FROM (
    SELECT 1 AS part, p.name AS sort, p.id::text AS "personId", p.used_at AS "lastUsedAt", NULL::boolean AS expires,
      jsonb_build_object('kind', 'account', 'userId', p.id) AS subject
    FROM person p
    UNION ALL
    SELECT 2, p.name || ' ' || g.role || ' ' || coalesce(g.department, ''), p.id::text, p.used_at, NULL,
      jsonb_build_object('kind', 'role', 'userId', p.id, 'role', g.role, 'department', g.department)
    FROM person p JOIN public.role_grant g ON g.user_id = p.id
    UNION ALL
    SELECT 3, s.name || ' ' || t.name, NULL, t.last_used_at, t.expires_at IS NOT NULL,
      jsonb_build_object('kind', 'token', 'tokenId', t.id, 'name', t.name, 'source', s.name)
    FROM public.access_token t JOIN public.source s ON s.id = t.source_id
    WHERE t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $1) AND s.removed_at IS NULL
    UNION ALL
    SELECT 4, c.name, NULL, c.last_used_at, c.expires_at IS NOT NULL,
      jsonb_build_object('kind', 'client', 'clientId', c.id, 'name', c.name)
    FROM public.api_client c WHERE c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $1)) held
  ORDER BY part, sort`;

/** Whether what a line is about still gives access. */
export async function isStillHeld(subject: HeldAccess["subject"], now: Date): Promise<boolean> {
  const { pool } = database();
  const exists = async (text: string, values: readonly unknown[]) =>
    (await pool.query(text, [...values])).rows.length > 0;
  switch (subject.kind) {
    case "account":
      return exists(`SELECT FROM public."user" WHERE id = $1 AND disabled_at IS NULL`, [subject.userId]);
    case "role":
      return exists(
        "SELECT FROM public.role_grant WHERE user_id = $1 AND role = $2 AND department IS NOT DISTINCT FROM $3",
        [subject.userId, subject.role, subject.department],
      );
    case "token":
      return exists(`SELECT FROM public.access_token WHERE id = $1 AND ${works}`, [subject.tokenId, now]);
    case "client":
      return exists(`SELECT FROM public.api_client WHERE id = $1 AND ${works}`, [subject.clientId, now]);
    case "opening":
    case "week":
      return false;
  }
}

const works = "revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)";

import { database } from "./client";

/** Once that every second factor of a person was taken away. */
export type FactorReset = {
  /** Its line in the audit trail. */
  readonly leafId: string;
  readonly at: Date;
};

/** What became of telling the person: they said that they have seen it, or an e-mail went out. */
export type ResetTold = "seen" | "mailed";

/** Under this name the audit trail tells what became of telling the person, with the line of the reset as the entity's id. */
export const factorResetEntity = "factor-reset";

// At the command line, or by the approval of a second person. Index audit_leaf_entity.
const RESETS = `SELECT l.id, l.at, CASE l.entity_type WHEN 'approval' THEN l.detail->>'userId' ELSE l.entity_id END AS person
  FROM signal.audit_leaf l
  WHERE l.at >= $1 AND l.outcome = 'success' AND (
    (l.entity_type = 'second-factor' AND l.permission = 'user.write' AND l.action = 'D')
    OR (l.entity_type = 'approval' AND l.detail->>'kind' = 'reset-factors' AND l.detail->>'outcome' = 'approved'))`;
const NOT_TOLD = `NOT EXISTS (SELECT FROM signal.audit_leaf s
  WHERE s.entity_type = '${factorResetEntity}' AND s.entity_id = r.id::text AND s.detail->>'what' = $2)`;

/** The newest reset since an instant of which this person has not said that they have seen it. */
export async function findUnseenReset(userId: string, since: Date): Promise<FactorReset | undefined> {
  const { rows } = await database().pool.query<FactorReset>(
    `SELECT r.id::text AS "leafId", r.at FROM (${RESETS}) r
     WHERE r.person = $3 AND ${NOT_TOLD} ORDER BY r.id DESC LIMIT 1`,
    [since, "seen" satisfies ResetTold, userId],
  );
  return rows[0];
}

/** Resets since an instant of which no e-mail has gone out, oldest first, with whom they concern. */
export async function listUnmailedResets(
  since: Date,
): Promise<readonly (FactorReset & { readonly userId: string; readonly email: string })[]> {
  const { rows } = await database().pool.query<FactorReset & { userId: string; email: string }>(
    `SELECT r.id::text AS "leafId", r.at, u.id::text AS "userId", u.email
     FROM (${RESETS}) r JOIN public."user" u ON u.id::text = r.person
     WHERE ${NOT_TOLD} ORDER BY r.id LIMIT 100`,
    [since, "mailed" satisfies ResetTold],
  );
  return rows;
}

import type { Reach } from "@/lib/core/authz/policy";
import type { OpenClaim, WorkItem, WorkKind } from "@/lib/core/work/claim";
import { database } from "./client";
import type { Transaction } from "./transaction";
import { isSourceWithinReach, isWithinReach, reachValue } from "./within-reach";

/** Where an item belongs: it is within reach when that is. */
export type WorkPlace = { readonly sourceId: number; readonly interfaceId: number | undefined };

export type NewClaim = WorkItem &
  WorkPlace & {
    readonly claimId: string;
    readonly userId: string;
    readonly claimedAt: Date;
    readonly expiresAt: Date;
  };

/** Puts what one person takes up in a row, to the end of the transaction. */
export async function lockClaims(tx: Transaction, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('signalbox.work-claim'), hashtext(${userId}))`;
}

/** How many items a person holds, and took up since an instant. Index work_claim_person. */
export async function countClaims(
  tx: Transaction,
  ask: { readonly userId: string; readonly since: Date; readonly now: Date },
): Promise<{ readonly held: number; readonly taken: number }> {
  const rows = await tx.$queryRaw<readonly { held: number; taken: number }[]>`
    SELECT count(*) FILTER (WHERE ended_at IS NULL AND expires_at > ${ask.now})::int AS held,
      count(*) FILTER (WHERE claimed_at > ${ask.since})::int AS taken
    FROM signal.work_claim WHERE user_id = ${ask.userId}::uuid AND claimed_at > ${ask.now}::timestamptz - interval '4 hours'`;
  return rows[0] ?? { held: 0, taken: 0 };
}

/** Ends the claim of an item whose time is over, and answers with whose it was. */
export async function endExpiredClaim(
  tx: Transaction,
  of: WorkItem & { readonly now: Date },
): Promise<string | undefined> {
  const rows = await tx.$queryRaw<readonly { userId: string }[]>`
    UPDATE signal.work_claim SET ended_at = expires_at
    WHERE kind = ${of.kind} AND item_id = ${of.id} AND ended_at IS NULL AND expires_at <= ${of.now}
    RETURNING user_id::text AS "userId"`;
  return rows[0]?.userId;
}

/** Begins one. False while somebody holds the item: asked at once twice, it begins once. */
export async function insertClaim(tx: Transaction, claim: NewClaim): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO signal.work_claim
      (id, kind, item_id, source_id, interface_id, user_id, claimed_at, renewed_at, expires_at)
    VALUES (${claim.claimId}::uuid, ${claim.kind}, ${claim.id}, ${claim.sourceId}, ${claim.interfaceId ?? null},
      ${claim.userId}::uuid, ${claim.claimedAt}, ${claim.claimedAt}, ${claim.expiresAt})
    ON CONFLICT (kind, item_id) WHERE ended_at IS NULL DO NOTHING`;
  return inserted === 1;
}

/** A claim of this person that still runs, locked to the end of the transaction. */
export async function lockOwnClaim(
  tx: Transaction,
  of: { readonly claimId: string; readonly userId: string; readonly now: Date },
): Promise<(WorkItem & Pick<OpenClaim, "claimedAt" | "expiresAt">) | undefined> {
  const rows = await tx.$queryRaw<readonly (WorkItem & Pick<OpenClaim, "claimedAt" | "expiresAt">)[]>`
    SELECT kind, item_id AS id, claimed_at AS "claimedAt", expires_at AS "expiresAt" FROM signal.work_claim
    WHERE id = ${of.claimId}::uuid AND user_id = ${of.userId}::uuid AND ended_at IS NULL AND expires_at > ${of.now}
    FOR UPDATE`;
  return rows[0];
}

export async function prolongClaim(
  tx: Transaction,
  to: { readonly claimId: string; readonly now: Date; readonly expiresAt: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE signal.work_claim SET renewed_at = ${to.now}, expires_at = ${to.expiresAt} WHERE id = ${to.claimId}::uuid`;
}

export async function endClaim(
  tx: Transaction,
  of: { readonly claimId: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE signal.work_claim SET ended_at = least(expires_at, ${of.now}) WHERE id = ${of.claimId}::uuid`;
}

/** Ends whatever claim an item has: there is nothing left to do about it. */
export async function endClaimOfItem(tx: Transaction, of: WorkItem & { readonly now: Date }): Promise<void> {
  await tx.$executeRaw`
    UPDATE signal.work_claim SET ended_at = greatest(claimed_at, least(expires_at, ${of.now}))
    WHERE kind = ${of.kind} AND item_id = ${of.id} AND ended_at IS NULL`;
}

type Row = WorkItem & Omit<OpenClaim, "userName"> & { readonly userName: string | null };

const COLUMNS = `c.id::text AS "claimId", c.kind, c.item_id AS id, c.user_id::text AS "userId", u.name AS "userName",
  c.claimed_at AS "claimedAt", c.expires_at AS "expiresAt"`;
const FROM = 'FROM signal.work_claim c LEFT JOIN public."user" u ON u.id = c.user_id';

/** The claims of some items of one kind that were not given back, by item. Index work_claim_item. */
export async function findOpenClaims(
  kind: WorkKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OpenClaim>> {
  if (ids.length === 0) return new Map();
  const { rows } = await database().pool.query<Row>(
    `SELECT ${COLUMNS} ${FROM} WHERE c.kind = $1 AND c.item_id = ANY ($2) AND c.ended_at IS NULL`,
    [kind, [...ids]],
  );
  return new Map(rows.map((row) => [row.id, toClaim(row)]));
}

/** A claim that runs, with the name of the interface or source that its item belongs to. */
export type LiveClaim = OpenClaim & WorkItem & { readonly place: string | undefined };

/** Every claim within reach that runs, the one that ends first in front. */
export async function listLiveClaims(now: Date, reach: Reach): Promise<readonly LiveClaim[]> {
  const { rows } = await database().pool.query<Row & { place: string | null }>(
    `SELECT ${COLUMNS}, coalesce(i.name, s.name) AS place ${FROM}
       LEFT JOIN public.interface i ON i.id = c.interface_id LEFT JOIN public.source s ON s.id = c.source_id
     WHERE c.ended_at IS NULL AND c.expires_at > $1
       AND CASE WHEN c.interface_id IS NULL THEN ${isSourceWithinReach("c.source_id", "$2")} ELSE ${isWithinReach("$2")} END
     ORDER BY c.expires_at, c.id LIMIT 500`,
    [now, reachValue(reach)],
  );
  return rows.map((row) => ({
    ...toClaim(row),
    kind: row.kind,
    id: row.id,
    place: row.place ?? undefined,
  }));
}

function toClaim({ claimId, userId, userName, claimedAt, expiresAt }: Row): OpenClaim {
  return { claimId, userId, userName: userName ?? undefined, claimedAt, expiresAt };
}

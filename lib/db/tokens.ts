import type { AccessToken } from "@/lib/core/access-token/schema";
import { database } from "./client";
import type { AccessToken as TokenRow } from "./generated/client";
import type { Transaction } from "./transaction";

/** Keeps a new token; of the secret only its SHA-256. */
export async function insertToken(
  tx: Transaction,
  token: Pick<AccessToken, "sourceId" | "name" | "hint" | "scopes" | "createdBy" | "expiresAt"> & {
    readonly hash: Buffer;
  },
): Promise<AccessToken> {
  const { hash, expiresAt, scopes, ...rest } = token;
  const row = await tx.accessToken.create({
    data: { ...rest, scopes: [...scopes], tokenHash: new Uint8Array(hash), expiresAt: expiresAt ?? null },
  });
  return toToken(row);
}

/**
 * Gives a token another secret; the present one works until `previousUntil`, an earlier one no longer. Undefined when
 * there is no such token in force.
 */
export async function replaceTokenSecret(
  tx: Transaction,
  to: {
    readonly tokenId: string;
    readonly hash: Buffer;
    readonly hint: string;
    readonly previousUntil: Date;
    readonly now: Date;
  },
): Promise<AccessToken | undefined> {
  const inForce = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: to.now } }] };
  // Two renewals at the same time wait for each other here, so that neither secret is lost unnoticed.
  await tx.$executeRaw`SELECT 1 FROM public.access_token WHERE id = ${to.tokenId}::uuid FOR UPDATE`;
  const row = await tx.accessToken.findFirst({ where: { id: to.tokenId, ...inForce } });
  if (row === null) return undefined;
  const { hint, previousUntil } = to;
  const data = { tokenHash: new Uint8Array(to.hash), hint, previousHash: row.tokenHash, previousUntil };
  return toToken(await tx.accessToken.update({ where: { id: to.tokenId }, data }));
}

/** Whether there is a source with this id that was not removed. */
export async function isSourceInUse(tx: Transaction, sourceId: number): Promise<boolean> {
  return (await tx.source.count({ where: { id: sourceId, removedAt: null } })) === 1;
}

/** Marks a token as revoked; undefined when there is none. Revoking twice keeps the first time. */
export async function markTokenRevoked(
  tx: Transaction,
  revoke: { readonly tokenId: string; readonly now: Date },
): Promise<AccessToken | undefined> {
  const { tokenId: id, now } = revoke;
  await tx.accessToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  const row = await tx.accessToken.findUnique({ where: { id } });
  return row === null ? undefined : toToken(row);
}

/** Tokens of a source, newest first; revoked ones too. */
export async function readTokens(sourceId: number): Promise<readonly AccessToken[]> {
  const rows = await database().prisma.accessToken.findMany({
    where: { sourceId },
    orderBy: { createdAt: "desc" },
    take: 200,
  });
  return rows.map(toToken);
}

/** A token with what matters of its source. */
export type PresentedToken = {
  readonly token: AccessToken;
  readonly isSourceRemoved: boolean;
  readonly isSourcePaused: boolean;
};

/** Looks a secret up by its SHA-256, the present one or one that a renewal left working (unique indexes). */
export async function findTokenByHash(hash: Buffer, now: Date): Promise<PresentedToken | undefined> {
  const presented = new Uint8Array(hash);
  const row = await database().prisma.accessToken.findFirst({
    where: { OR: [{ tokenHash: presented }, { previousHash: presented, previousUntil: { gt: now } }] },
    include: { source: { select: { removedAt: true, pausedAt: true } } },
  });
  if (row === null) return undefined;
  return {
    token: toToken(row),
    isSourceRemoved: row.source.removedAt !== null,
    isSourcePaused: row.source.pausedAt !== null,
  };
}

/** Notes the use of a token, unless another process has done so within the last minute. */
export async function touchToken(tokenId: string): Promise<void> {
  await database().pool.query(
    `UPDATE public.access_token SET last_used_at = now()
     WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
    [tokenId],
  );
}

function toToken(row: TokenRow): AccessToken {
  return {
    id: row.id,
    sourceId: row.sourceId,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    lastUsedAt: row.lastUsedAt ?? undefined,
    expiresAt: row.expiresAt ?? undefined,
    revokedAt: row.revokedAt ?? undefined,
    previousUntil: row.previousUntil ?? undefined,
  };
}

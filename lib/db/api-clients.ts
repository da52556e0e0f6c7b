import type { ApiClient } from "@/lib/core/api-client/schema";
import { database } from "./client";
import type { ApiClient as ClientRow } from "./generated/client";
import type { Transaction } from "./transaction";

/** Keeps a new client; of its secret only the SHA-256. */
export async function insertClient(
  tx: Transaction,
  client: Pick<ApiClient, "name" | "scopes" | "sourceId" | "createdBy" | "expiresAt"> & {
    readonly hash: Buffer;
  },
): Promise<ApiClient> {
  const { hash, scopes, sourceId, expiresAt, ...rest } = client;
  const row = await tx.apiClient.create({
    data: {
      ...rest,
      scopes: [...scopes],
      sourceId: sourceId ?? null,
      expiresAt: expiresAt ?? null,
      secretHash: new Uint8Array(hash),
    },
  });
  return toClient(row);
}

/** All clients, newest first; revoked ones too. */
export async function readClients(): Promise<
  readonly (ApiClient & { readonly source: string | undefined })[]
> {
  const rows = await database().prisma.apiClient.findMany({
    orderBy: { createdAt: "desc" },
    take: 200,
    include: { source: { select: { name: true } } },
  });
  return rows.map((row) => ({ ...toClient(row), source: row.source?.name }));
}

/** Gives a client another secret; the present one works until `previousUntil`. Undefined when none is in force. */
export async function replaceClientSecret(
  tx: Transaction,
  to: {
    readonly clientId: string;
    readonly hash: Buffer;
    readonly previousUntil: Date;
    readonly now: Date;
  },
): Promise<ApiClient | undefined> {
  const inForce = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: to.now } }] };
  await tx.$executeRaw`SELECT 1 FROM public.api_client WHERE id = ${to.clientId}::uuid FOR UPDATE`;
  const row = await tx.apiClient.findFirst({ where: { id: to.clientId, ...inForce } });
  if (row === null) return undefined;
  const { previousUntil } = to;
  const data = { secretHash: new Uint8Array(to.hash), previousHash: row.secretHash, previousUntil };
  return toClient(await tx.apiClient.update({ where: { id: to.clientId }, data }));
}

/** Ends a client and every access token that it was given; undefined when there is none. The first time is kept. */
export async function markClientRevoked(
  tx: Transaction,
  revoke: { readonly clientId: string; readonly now: Date },
): Promise<ApiClient | undefined> {
  const { clientId: id, now } = revoke;
  await tx.apiClient.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  await tx.clientAccess.deleteMany({ where: { clientId: id } });
  const row = await tx.apiClient.findUnique({ where: { id } });
  return row === null ? undefined : toClient(row);
}

/** A client with the hashes of the secrets that work at `now`; undefined when there is no such id. */
export async function findClient(
  id: string,
  now: Date,
): Promise<(ApiClient & { readonly secretHashes: readonly Buffer[] }) | undefined> {
  const row = await database().prisma.apiClient.findUnique({ where: { id } });
  if (row === null) return undefined;
  const isOldValid = row.previousUntil !== null && row.previousUntil > now;
  const hashes = [row.secretHash, ...(isOldValid && row.previousHash ? [row.previousHash] : [])];
  return { ...toClient(row), secretHashes: hashes.map((hash) => Buffer.from(hash)) };
}

/** Keeps an access token by its hash, and forgets those of all clients that have expired. */
export async function insertAccess(
  tx: Transaction,
  access: {
    readonly hash: Buffer;
    readonly clientId: string;
    readonly scopes: readonly string[];
    readonly expiresAt: Date;
    readonly now: Date;
  },
): Promise<void> {
  const { hash, clientId, scopes, expiresAt, now } = access;
  await tx.clientAccess.deleteMany({ where: { expiresAt: { lt: now } } });
  await tx.clientAccess.create({
    data: { tokenHash: new Uint8Array(hash), clientId, scopes: [...scopes], expiresAt },
  });
  await tx.apiClient.update({ where: { id: clientId }, data: { lastUsedAt: now } });
}

/** An access token with its client and, where it may push, the source. */
export type PresentedAccess = {
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
  readonly client: ApiClient;
  readonly isSourceRemoved: boolean;
  readonly isSourcePaused: boolean;
};

/** Looks an access token up by its SHA-256 (primary key). */
export async function findAccessByHash(hash: Buffer): Promise<PresentedAccess | undefined> {
  const row = await database().prisma.clientAccess.findUnique({
    where: { tokenHash: new Uint8Array(hash) },
    include: { client: { include: { source: { select: { removedAt: true, pausedAt: true } } } } },
  });
  if (row === null) return undefined;
  const { source } = row.client;
  return {
    scopes: row.scopes,
    expiresAt: row.expiresAt,
    client: toClient(row.client),
    isSourceRemoved: source !== null && source.removedAt !== null,
    isSourcePaused: source !== null && source.pausedAt !== null,
  };
}

function toClient(row: ClientRow): ApiClient {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    sourceId: row.sourceId ?? undefined,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    lastUsedAt: row.lastUsedAt ?? undefined,
    expiresAt: row.expiresAt ?? undefined,
    revokedAt: row.revokedAt ?? undefined,
    previousUntil: row.previousUntil ?? undefined,
  };
}

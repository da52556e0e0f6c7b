import { randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { isInForce } from "@/lib/core/access-token/schema";
import { ACCESS_LIFETIME_S } from "@/lib/core/api-client/schema";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { findClient, insertAccess } from "@/lib/db/api-clients";
import { appendAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";

export type AccessAsk = {
  readonly clientId: string;
  readonly secret: string;
  /** Space-separated, as it was asked; undefined asks for all that the client has. */
  readonly scope: string | undefined;
  readonly now: Date;
};

export type Access =
  | { readonly kind: "granted"; readonly token: string; readonly expiresInS: number; readonly scope: string }
  /** Error codes of RFC 6749, 5.2. */
  | { readonly kind: "refused"; readonly error: "invalid_client" | "invalid_scope" };

/**
 * Gives a client an access token for its id and secret (RFC 6749, 4.4). An unknown client, a wrong secret, a revoked and
 * an expired client are refused alike. Granted and refused are audited.
 */
export async function issueAccess(ask: AccessAsk): Promise<Access> {
  const isId = z.uuid().safeParse(ask.clientId).success;
  const client = isId ? await findClient(ask.clientId, ask.now) : undefined;
  const isSecret = isOneOf(tokenHash(ask.secret), client?.secretHashes ?? []);
  if (client === undefined || !isSecret || !isInForce(client, ask.now)) {
    const clientId = client?.id ?? "unknown";
    return refuse({ clientId, now: ask.now, error: "invalid_client" });
  }
  const scopes = ask.scope === undefined ? client.scopes : ask.scope.split(" ").filter((one) => one !== "");
  if (scopes.length === 0 || !scopes.every((scope) => client.scopes.includes(scope))) {
    return refuse({ clientId: client.id, now: ask.now, error: "invalid_scope" });
  }
  const token = newToken("sba");
  const expiresAt = new Date(ask.now.getTime() + ACCESS_LIFETIME_S * 1000);
  const access = { hash: tokenHash(token), clientId: client.id, scopes, expiresAt, now: ask.now };
  await inTransaction(async (tx) => {
    await insertAccess(tx, access);
    const detail = { scopes: [...scopes] };
    await appendAudit(tx, accessLeaf({ clientId: client.id, now: ask.now, outcome: "success", detail }));
  });
  return { kind: "granted", token, expiresInS: ACCESS_LIFETIME_S, scope: scopes.join(" ") };
}

async function refuse(of: {
  readonly clientId: string;
  readonly now: Date;
  readonly error: "invalid_client" | "invalid_scope";
}): Promise<Access> {
  const { clientId, now, error } = of;
  const leaf = accessLeaf({ clientId, now, outcome: "failure", detail: { error } });
  await inTransaction((tx) => appendAudit(tx, leaf));
  return { kind: "refused", error };
}

function isOneOf(hash: Buffer, known: readonly Buffer[]): boolean {
  return known.some((one) => one.length === hash.length && timingSafeEqual(one, hash));
}

function accessLeaf(
  of: Pick<AuditLeaf, "outcome" | "detail"> & { readonly clientId: string; readonly now: Date },
): AuditLeaf {
  return {
    at: of.now,
    actorKind: "client",
    actorId: of.clientId,
    action: "E",
    permission: "client-access",
    entityType: "api_client",
    entityId: of.clientId,
    outcome: of.outcome,
    detail: of.detail,
    requestId: randomUUID(),
  };
}

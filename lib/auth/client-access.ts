import { isInForce } from "@/lib/core/access-token/schema";
import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { findAccessByHash } from "@/lib/db/api-clients";

export type ClientActor = Extract<Actor, { kind: "client" }>;

/** Whether a bearer secret is an access token of a client; tokens of sources begin otherwise. */
export function isClientAccess(secret: string): boolean {
  return secret.startsWith("sba_");
}

/**
 * Which client presents this access token, asked of the database each time: a revoked client is refused at once.
 * @throws AppError unauthenticated | overloaded (the source it pushes for is paused: keep and retry)
 */
export async function authenticateClient(secret: string, now: Date): Promise<ClientActor> {
  const access = await findAccessByHash(tokenHash(secret));
  const isValid =
    access !== undefined &&
    now < access.expiresAt &&
    isInForce(access.client, now) &&
    !access.isSourceRemoved;
  if (!isValid) {
    throw new AppError("unauthenticated", "The access token is not known, or no longer valid.", {
      info: { hasToken: true },
    });
  }
  if (access.isSourcePaused) {
    throw new AppError("overloaded", "This source is paused. Keep what you have and send it again later.", {
      info: { reason: "source_paused", retryAfterS: 60 },
    });
  }
  const { id, name, sourceId } = access.client;
  return { kind: "client", clientId: id, name, sourceId, scopes: access.scopes };
}

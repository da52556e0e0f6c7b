import { createClientSchema } from "@/lib/core/api-client/schema";
import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { insertClient } from "@/lib/db/api-clients";
import { isSourceInUse } from "@/lib/db/tokens";
import { command } from "@/lib/services/command";

/**
 * Makes an API client, whose id and secret get it access tokens (RFC 6749, 4.4). The secret is in the result and nowhere
 * else. Input: { name, scopes, sourceId?, expiresAt? }. @throws AppError not_found when there is no such source
 */
export const createClient = command({
  permission: "token.write",
  stepUp: true,
  input: createClientSchema,
  run: async ({ tx, actor, input }) => {
    if (input.sourceId !== undefined && !(await isSourceInUse(tx, input.sourceId))) {
      throw new AppError("not_found", "There is no such source.");
    }
    const secret = newToken("sbc");
    const client = await insertClient(tx, {
      name: input.name,
      scopes: input.scopes,
      sourceId: input.sourceId,
      expiresAt: input.expiresAt,
      createdBy: actor.kind === "user" ? actor.name : actorId(actor),
      hash: tokenHash(secret),
    });
    return { ...client, secret };
  },
  audit: ({ result: { id, name, scopes, sourceId } }) => ({
    action: "C",
    entityType: "api_client",
    entityId: id,
    detail: { name, scopes, sourceId: sourceId ?? null },
  }),
});

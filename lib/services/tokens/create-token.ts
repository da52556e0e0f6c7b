import { createTokenSchema, tokenScopes } from "@/lib/core/access-token/schema";
import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { insertToken, isSourceInUse } from "@/lib/db/tokens";
import { command } from "@/lib/services/command";
import { newTokenSecret } from "./token-secret";

/**
 * Makes a bearer token with which a source may push. The secret is in the result and nowhere else: it cannot be shown
 * again. Input: { sourceId, name, expiresAt? }.
 * @throws AppError not_found when there is no such source
 */
export const createToken = command({
  permission: "token.write",
  input: createTokenSchema,
  stepUp: true,
  run: async ({ tx, actor, input }) => {
    if (!(await isSourceInUse(tx, input.sourceId))) {
      throw new AppError("not_found", "There is no such source.");
    }
    const { secret, hint } = newTokenSecret();
    const token = await insertToken(tx, {
      sourceId: input.sourceId,
      name: input.name,
      expiresAt: input.expiresAt,
      hint,
      scopes: tokenScopes,
      createdBy: actor.kind === "user" ? actor.name : actorId(actor),
      hash: tokenHash(secret),
    });
    return { ...token, secret };
  },
  audit: ({ result: { id, sourceId, name, hint, scopes } }) => ({
    action: "C",
    entityType: "access_token",
    entityId: id,
    detail: { sourceId, name, hint, scopes },
  }),
});

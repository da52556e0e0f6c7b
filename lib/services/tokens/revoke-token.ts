import { revokeTokenSchema } from "@/lib/core/access-token/schema";
import { AppError } from "@/lib/core/errors";
import { markTokenRevoked } from "@/lib/db/tokens";
import { command } from "@/lib/services/command";

/**
 * Ends a token for good. Every process refuses it within a second. Input: { tokenId }.
 * @throws AppError not_found
 */
export const revokeToken = command({
  permission: "token.write",
  input: revokeTokenSchema,
  stepUp: true,
  run: async ({ tx, input, now }) => {
    const token = await markTokenRevoked(tx, { tokenId: input.tokenId, now });
    if (token === undefined) throw new AppError("not_found", "There is no such token.");
    return token;
  },
  audit: ({ result: { id, sourceId, hint } }) => ({
    action: "U",
    entityType: "access_token",
    entityId: id,
    detail: { sourceId, hint, revoked: true },
  }),
});

import { rotateTokenSchema } from "@/lib/core/access-token/schema";
import { AppError } from "@/lib/core/errors";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { replaceTokenSecret } from "@/lib/db/tokens";
import { command } from "@/lib/services/command";
import { newTokenSecret } from "./token-secret";

const HOUR_MS = 3_600_000;

/**
 * Gives a token a new secret while the present one goes on working for some hours, so that a sender can be changed
 * without a gap. A secret from before that ends at once. The new one is in the result and nowhere else. Input:
 * { tokenId, overlapHours? }. @throws AppError not_found when the token is not in force
 */
export const rotateToken = command({
  permission: "token.write",
  input: rotateTokenSchema,
  stepUp: true,
  run: async ({ tx, input, now }) => {
    const { secret, hint } = newTokenSecret();
    const token = await replaceTokenSecret(tx, {
      tokenId: input.tokenId,
      hash: tokenHash(secret),
      hint,
      previousUntil: new Date(now.getTime() + input.overlapHours * HOUR_MS),
      now,
    });
    if (token === undefined) throw new AppError("not_found", "There is no such token in force.");
    return { ...token, secret };
  },
  audit: ({ input, result: { id, sourceId, hint } }) => ({
    action: "U",
    entityType: "access_token",
    entityId: id,
    detail: { sourceId, hint, rotated: true, overlapHours: input.overlapHours },
  }),
});

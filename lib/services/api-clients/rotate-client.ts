import { rotateClientSchema } from "@/lib/core/api-client/schema";
import { AppError } from "@/lib/core/errors";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { replaceClientSecret } from "@/lib/db/api-clients";
import { command } from "@/lib/services/command";

const HOUR_MS = 3_600_000;

/**
 * Gives a client a new secret while the present one goes on working for some hours. Input: { clientId, overlapHours? }.
 * @throws AppError not_found when the client is not in force
 */
export const rotateClient = command({
  permission: "token.write",
  stepUp: true,
  input: rotateClientSchema,
  run: async ({ tx, input, now }) => {
    const secret = newToken("sbc");
    const client = await replaceClientSecret(tx, {
      clientId: input.clientId,
      hash: tokenHash(secret),
      previousUntil: new Date(now.getTime() + input.overlapHours * HOUR_MS),
      now,
    });
    if (client === undefined) throw new AppError("not_found", "There is no such client in force.");
    return { ...client, secret };
  },
  audit: ({ input, result: { id } }) => ({
    action: "U",
    entityType: "api_client",
    entityId: id,
    detail: { rotated: true, overlapHours: input.overlapHours },
  }),
});

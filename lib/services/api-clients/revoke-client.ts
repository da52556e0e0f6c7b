import { revokeClientSchema } from "@/lib/core/api-client/schema";
import { AppError } from "@/lib/core/errors";
import { markClientRevoked } from "@/lib/db/api-clients";
import { command } from "@/lib/services/command";

/**
 * Ends a client for good, with every access token that it was given: all are refused within a second. Input: { clientId }.
 * @throws AppError not_found
 */
export const revokeClient = command({
  permission: "token.write",
  stepUp: true,
  input: revokeClientSchema,
  run: async ({ tx, input, now }) => {
    const client = await markClientRevoked(tx, { clientId: input.clientId, now });
    if (client === undefined) throw new AppError("not_found", "There is no such client.");
    return client;
  },
  audit: ({ result: { id } }) => ({
    action: "U",
    entityType: "api_client",
    entityId: id,
    detail: { revoked: true },
  }),
});

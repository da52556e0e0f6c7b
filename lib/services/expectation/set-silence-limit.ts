import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { silenceLimitSchema } from "@/lib/core/expectation/schema";
import { changeSilenceLimit } from "@/lib/db/expectation";
import { command } from "@/lib/services/command";

/**
 * Says how long an interface may be quiet at most, whatever the hour; null takes the limit away.
 * @throws AppError forbidden | bad_request | not_found
 */
export const setSilenceLimit = command({
  permission: "interface.write",
  input: silenceLimitSchema,
  run: async ({ tx, actor, input, now, reach }): Promise<void> => {
    const isChanged = await changeSilenceLimit(tx, { ...input, by: actorId(actor), now, reach });
    if (!isChanged) throw new AppError("not_found", "There is no such interface.");
  },
  audit: ({ input }) => ({
    action: "U",
    entityType: "interface",
    entityId: String(input.interfaceId),
    detail: { silenceLimitMinutes: input.minutes },
  }),
});

import { actorId } from "@/lib/core/authz/actor";
import { DISPLAY_LINK_MS, newDisplaySchema } from "@/lib/core/display/schema";
import { newToken, tokenHash } from "@/lib/crypto/keyed-hash";
import { insertDisplay } from "@/lib/db/displays";
import { command } from "@/lib/services/command";

/**
 * Makes a screen for a wall, bound to addresses. Answers with the secret of its link, which sets up one screen once, within a
 * day; the only time that it exists in clear. Input: { name, ranges, days }.
 * @throws AppError forbidden | bad_request | step_up_required
 */
export const createDisplay = command({
  permission: "display.write",
  input: newDisplaySchema,
  stepUp: true,
  run: async ({ tx, actor, input, now }) => {
    const link = newToken("display");
    const id = await insertDisplay(tx, {
      name: input.name,
      ranges: input.ranges,
      linkHash: tokenHash(link),
      linkUntil: new Date(now.getTime() + DISPLAY_LINK_MS),
      expiresAt: new Date(now.getTime() + input.days * DAY_MS),
      by: actorId(actor),
      now,
    });
    return { id, link };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "display",
    entityId: result.id,
    detail: { name: input.name, ranges: input.ranges, days: input.days },
  }),
});

const DAY_MS = 86_400_000;

import { actorId } from "@/lib/core/authz/actor";
import { judgementSchema } from "@/lib/core/disclosure/schema";
import { AppError } from "@/lib/core/errors";
import { judgeBreakGlassRow } from "@/lib/db/break-glass";
import { command } from "@/lib/services/command";

/**
 * Judges one emergency access that is over, once, by somebody else than who used it. Input: { id, judgement, text }.
 * @throws AppError forbidden | bad_request | conflict where it cannot be judged (running, judged, one's own, gone)
 */
export const judgeBreakGlass = command({
  permission: "break-glass.review",
  input: judgementSchema,
  run: async ({ tx, actor, input, now }) => {
    const review = { ...input, reviewerId: actorId(actor), now };
    if (await judgeBreakGlassRow(tx, review)) return;
    throw new AppError("conflict", "This cannot be judged: it runs, was judged already, or is your own.");
  },
  audit: ({ input }) => ({
    action: "U",
    entityType: "break-glass",
    entityId: input.id,
    detail: { judgement: input.judgement },
  }),
});

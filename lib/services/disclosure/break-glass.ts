import { randomUUID } from "node:crypto";
import { actorId } from "@/lib/core/authz/actor";
import { breakGlassMs, reviewDeadline } from "@/lib/core/disclosure/break-glass";
import { statedReasonSchema } from "@/lib/core/disclosure/schema";
import { AppError } from "@/lib/core/errors";
import { insertBreakGlass } from "@/lib/db/break-glass";
import { command } from "@/lib/services/command";
import { scrubReason } from "./scrub-reason";

/** Whose calendar working days are counted by. */
const ZONE = "UTC";

/**
 * Opens every department's messages to a person for 30 minutes, in an emergency. Input: { reason, reasonText }. It stands
 * in the privacy officer's queue from this moment on.
 * @throws AppError forbidden | step_up_required | bad_request | conflict while one runs: it cannot be prolonged
 */
export const breakGlass = command({
  permission: "break-glass.use",
  input: statedReasonSchema,
  stepUp: true,
  run: async ({ tx, actor, input, now }): Promise<{ readonly id: string; readonly endsAt: Date }> => {
    if (actor.kind !== "user") throw new AppError("forbidden", "Emergency access is for people.");
    const endsAt = new Date(now.getTime() + breakGlassMs);
    const use = {
      id: randomUUID(),
      userId: actorId(actor),
      reason: input.reason,
      reasonText: scrubReason(input.reasonText),
      startedAt: now,
      expiresAt: endsAt,
      reviewDue: reviewDeadline(now, ZONE),
    };
    if (!(await insertBreakGlass(tx, use))) {
      throw new AppError("conflict", "Your emergency access runs already and cannot be prolonged.");
    }
    return { id: use.id, endsAt };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "break-glass",
    entityId: result.id,
    detail: { reason: input.reason, until: result.endsAt.toISOString() },
  }),
});

import { z } from "zod";
import { LONGEST_DEPUTY_MS } from "@/lib/core/approval/kinds";
import { deputySchema } from "@/lib/core/approval/schema";
import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { endDeputiesOf, insertDeputy } from "@/lib/db/deputies";
import { findPerson } from "@/lib/db/people";
import { command } from "@/lib/services/command";

/**
 * Has somebody decide on requests in one's place until the end of a day, a month ahead at most; whoever was deputy before is no longer.
 * They never decide on what they or the approver asked for. Input: { deputyId, until }.
 * @throws AppError forbidden | bad_request | step_up_required | not_found | conflict
 */
export const nameDeputy = command({
  permission: "role.approve",
  input: deputySchema,
  stepUp: true,
  run: async ({ tx, actor, input, now }) => {
    if (actor.kind !== "user") throw new AppError("forbidden", "Only people name deputies.");
    const { deputyId, until: untilAt } = input;
    const lasts = untilAt.getTime() - now.getTime();
    if (lasts <= 0 || lasts > LONGEST_DEPUTY_MS) {
      throw new AppError("conflict", "Choose a day within the next month.");
    }
    const deputy = await findPerson(tx, deputyId);
    if (deputy === undefined) throw new AppError("not_found", "There is no such person.");
    if (deputyId === actor.id || deputy.disabledAt !== undefined || deputy.joinedAt === undefined) {
      throw new AppError("conflict", "Name another person, who can sign in.");
    }
    return { id: await insertDeputy(tx, { approverId: actor.id, deputyId, untilAt, now }) };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "approval-deputy",
    entityId: result.id,
    detail: { deputy: input.deputyId, until: input.until.toISOString() },
  }),
});

/** Decides on requests oneself again. @throws AppError forbidden | not_found when there is no deputy */
export const endDeputy = command({
  permission: "role.approve",
  input: z.object({}),
  run: async ({ tx, actor, now }) => {
    const approverId = actorId(actor);
    if ((await endDeputiesOf(tx, { approverId, now })) === 0) {
      throw new AppError("not_found", "You have no deputy.");
    }
    return { approverId };
  },
  audit: ({ result }) => ({ action: "U", entityType: "approval-deputy", entityId: result.approverId }),
});

import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { shiftSchema } from "@/lib/core/notice/schema";
import { findCallable, insertShifts } from "@/lib/db/on-call";
import { command } from "@/lib/services/command";
import { teamInReach } from "./team-in-reach";

/**
 * Puts somebody on call, [from, until). Input: { teamId, userId, from, until, isOverride? }.
 * @throws AppError forbidden | bad_request | not_found | conflict where the person cannot sign in
 */
export const addShift = command({
  permission: "on-call.write",
  input: shiftSchema,
  run: async ({ tx, actor, input, now, reach }) => {
    const { teamId, ...shift } = input;
    await teamInReach(teamId, reach);
    const [person] = await findCallable({ ids: [shift.userId] });
    if (person === undefined) throw new AppError("conflict", "This person cannot sign in.");
    await insertShifts(tx, { teamId, shifts: [shift], by: actorId(actor), now });
  },
  audit: ({ input }) => ({
    action: "C",
    entityType: "on-call-shift",
    entityId: input.teamId,
    detail: {
      userId: input.userId,
      from: input.from.toISOString(),
      until: input.until.toISOString(),
      isOverride: input.isOverride,
    },
  }),
});

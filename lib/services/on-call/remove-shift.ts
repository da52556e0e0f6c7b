import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { removeShiftRow } from "@/lib/db/on-call";
import { command } from "@/lib/services/command";
import { teamInReach } from "./team-in-reach";

/** Takes somebody off call for one stretch. Input: { id }. @throws AppError forbidden | not_found */
export const removeShift = command({
  permission: "on-call.write",
  input: z.object({ id: z.uuid() }),
  run: async ({ tx, input, reach }) => {
    const shift = await removeShiftRow(tx, input.id);
    if (shift === undefined) throw new AppError("not_found", "There is no such shift.");
    await teamInReach(shift.teamId, reach);
    return shift;
  },
  audit: ({ result }) => ({
    action: "D",
    entityType: "on-call-shift",
    entityId: result.teamId,
    detail: {
      userId: result.userId,
      from: result.from.toISOString(),
      until: result.until.toISOString(),
    },
  }),
});

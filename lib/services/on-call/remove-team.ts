import { z } from "zod";
import { actorId } from "@/lib/core/authz/actor";
import { removeTeamRow } from "@/lib/db/on-call";
import { command } from "@/lib/services/command";
import { teamInReach } from "./team-in-reach";

/** Takes a team away; steps that name it then meet nobody. Input: { id }. @throws AppError forbidden | not_found */
export const removeTeam = command({
  permission: "on-call.write",
  input: z.object({ id: z.uuid() }),
  run: async ({ tx, actor, input, now, reach }) => {
    await teamInReach(input.id, reach);
    await removeTeamRow(tx, { id: input.id, by: actorId(actor), now });
  },
  audit: ({ input }) => ({ action: "D", entityType: "on-call-team", entityId: input.id }),
});

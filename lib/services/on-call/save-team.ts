import { randomUUID } from "node:crypto";
import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { teamSchema } from "@/lib/core/notice/schema";
import { saveTeamRow } from "@/lib/db/on-call";
import { command } from "@/lib/services/command";
import { requireDepartment, teamInReach } from "./team-in-reach";

/**
 * Adds a team, or changes the one with `id`. Input: { id?, name, department?, zone }.
 * @throws AppError forbidden | bad_request | not_found | conflict where another team has the name
 */
export const saveTeam = command({
  permission: "on-call.write",
  input: teamSchema,
  run: async ({ tx, actor, input, now, reach }) => {
    if (input.id !== undefined) await teamInReach(input.id, reach);
    requireDepartment(input.department, reach);
    const { id = randomUUID(), name, department, zone } = input;
    const isNew = input.id === undefined;
    const team = { id, name, department, zone, isNew, by: actorId(actor), now };
    if (!(await saveTeamRow(tx, team))) throw new AppError("conflict", "Another team has this name.");
    return { id };
  },
  audit: ({ input, result }) => ({
    action: input.id === undefined ? "C" : "U",
    entityType: "on-call-team",
    entityId: result.id,
    detail: { name: input.name, department: input.department ?? null, zone: input.zone },
  }),
});

import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { maintenanceSchema } from "@/lib/core/estate/schema";
import { findSystemRow } from "@/lib/db/estate";
import { insertMaintenance } from "@/lib/db/estate-papers";
import { command } from "@/lib/services/command";

/**
 * Notes when a system is not to be expected to work. Input: { systemId, from, until, what }, [from, until).
 * @throws AppError forbidden | bad_request | not_found | conflict where it would be over already
 */
export const planMaintenance = command({
  permission: "estate.write",
  input: maintenanceSchema,
  run: async ({ tx, actor, input, now }) => {
    if (input.until <= now) throw new AppError("conflict", "This stretch is over already.");
    const system = await findSystemRow(input.systemId);
    if (system === undefined) throw new AppError("not_found", "There is no such system.");
    return { id: await insertMaintenance(tx, { ...input, by: actorId(actor) }) };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "maintenance",
    entityId: result.id,
    detail: { system: input.systemId, from: input.from.toISOString(), until: input.until.toISOString() },
  }),
});

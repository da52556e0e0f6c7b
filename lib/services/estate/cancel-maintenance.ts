import { AppError } from "@/lib/core/errors";
import { systemRefSchema } from "@/lib/core/estate/schema";
import { cancelMaintenanceRow } from "@/lib/db/estate-papers";
import { command } from "@/lib/services/command";

/** Calls planned maintenance off. Input: { id } of the plan. @throws AppError forbidden | bad_request | not_found */
export const cancelMaintenance = command({
  permission: "estate.write",
  input: systemRefSchema,
  run: async ({ tx, input, now }) => {
    if (!(await cancelMaintenanceRow(tx, { id: input.id, now }))) {
      throw new AppError("not_found", "This maintenance is over or called off already.");
    }
  },
  audit: ({ input }) => ({ action: "D", entityType: "maintenance", entityId: input.id }),
});

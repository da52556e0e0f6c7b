import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { systemRefSchema } from "@/lib/core/estate/schema";
import { removeSystemRow } from "@/lib/db/estate";
import { command } from "@/lib/services/command";

/** Takes a system off the estate; its row stays for the trail. Input: { id }. @throws AppError forbidden | bad_request | not_found */
export const removeSystem = command({
  permission: "estate.write",
  input: systemRefSchema,
  run: async ({ tx, actor, input, now }) => {
    if (!(await removeSystemRow(tx, { id: input.id, now, by: actorId(actor) }))) {
      throw new AppError("not_found", "There is no such system, or it is removed already.");
    }
  },
  audit: ({ input }) => ({ action: "D", entityType: "system", entityId: input.id }),
});

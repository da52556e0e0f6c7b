import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { systemSchema } from "@/lib/core/estate/schema";
import { saveSystemRow } from "@/lib/db/estate";
import { command } from "@/lib/services/command";

/**
 * Adds a system to the estate, or says anew what it is. Naming an endpoint lets the product connect there, so it takes a
 * fresh factor. Input: systemSchema, with `id` to change one.
 * @throws AppError forbidden | bad_request | step_up_required | not_found
 */
export const saveSystem = command({
  permission: "estate.write",
  input: systemSchema,
  stepUp: ({ endpoint }) => endpoint !== undefined,
  run: async ({ tx, actor, input, now }) => {
    const id = await saveSystemRow(tx, { input, by: actorId(actor), now });
    if (id === undefined) throw new AppError("not_found", "There is no such system.");
    return { id };
  },
  audit: ({ input, result }) => ({
    action: input.id === undefined ? "C" : "U",
    entityType: "system",
    entityId: result.id,
    detail: {
      name: input.name,
      kind: input.kind,
      endpoint: input.endpoint ?? null,
      version: input.version ?? null,
    },
  }),
});

import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { sourceIdSchema } from "@/lib/core/source/schema";
import { changeSource, findSourceRow } from "@/lib/db/sources";
import { command } from "@/lib/services/command";

/**
 * Removes a source; what was read from it stays until its retention ends. `confirmName` must be the source's name.
 * @throws AppError forbidden | not_found | conflict when the name differs
 */
export const removeSource = command({
  permission: "source.write",
  input: sourceIdSchema.extend({ confirmName: z.string().max(120) }),
  run: async ({ tx, input, now }) => {
    const source = await findSourceRow(input.id);
    if (source === undefined) throw new AppError("not_found", "There is no such source.");
    if (source.name !== input.confirmName.trim()) {
      throw new AppError("conflict", "The name typed is not the name of this source.");
    }
    await changeSource(tx, { id: input.id, now, removedAt: now, pausedAt: now });
    return { name: source.name };
  },
  audit: ({ input, result }) => ({
    action: "D",
    entityType: "source",
    entityId: String(input.id),
    detail: { name: result.name },
  }),
});

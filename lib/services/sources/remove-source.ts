import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { sourceIdSchema } from "@/lib/core/source/schema";
import { changeSource, deleteSourceSecrets, findSourceRow } from "@/lib/db/sources";
import { command } from "@/lib/services/command";

/**
 * Removes a source; what was read from it stays until its retention ends. `confirmName` must be the source's name,
 * which is free again afterwards.
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
    // Names are unique, and what was read stays listed under this one.
    const name = `${source.name} (removed, no. ${input.id})`;
    await changeSource(tx, { id: input.id, now, name, removedAt: now, pausedAt: now });
    await deleteSourceSecrets(tx, input.id);
    return { name: source.name };
  },
  audit: ({ input, result }) => ({
    action: "D",
    entityType: "source",
    entityId: String(input.id),
    detail: { name: result.name },
  }),
});

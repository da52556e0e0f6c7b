import { AppError } from "@/lib/core/errors";
import { sourceIdSchema } from "@/lib/core/source/schema";
import { changeSource } from "@/lib/db/sources";
import { command } from "@/lib/services/command";

/** Stops reading a source until it is resumed. @throws AppError forbidden | not_found */
export const pauseSource = command({
  permission: "source.write",
  input: sourceIdSchema,
  run: async ({ tx, input, now }) => {
    if (await changeSource(tx, { id: input.id, now, pausedAt: now })) return { id: input.id };
    throw new AppError("not_found", "There is no such source.");
  },
  audit: ({ input }) => ({
    action: "U",
    entityType: "source",
    entityId: String(input.id),
    detail: { paused: true },
  }),
});

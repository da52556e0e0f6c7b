import { AppError } from "@/lib/core/errors";
import { sourceIdSchema } from "@/lib/core/source/schema";
import { changeSource } from "@/lib/db/sources";
import { command } from "@/lib/services/command";

/** Reads a paused source again, from where it stopped. @throws AppError forbidden | not_found */
export const resumeSource = command({
  permission: "source.write",
  input: sourceIdSchema,
  run: async ({ tx, input, now }) => {
    if (await changeSource(tx, { id: input.id, now, pausedAt: null })) return { id: input.id };
    throw new AppError("not_found", "There is no such source.");
  },
  audit: ({ input }) => ({
    action: "U",
    entityType: "source",
    entityId: String(input.id),
    detail: { paused: false },
  }),
});

import { z } from "zod";
import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { endBreakGlassRow } from "@/lib/db/break-glass";
import { command } from "@/lib/services/command";

/** Ends one's own emergency access before its time. @throws AppError forbidden | conflict when none runs */
export const endBreakGlass = command({
  permission: "break-glass.use",
  input: z.object({}),
  run: async ({ tx, actor, now }) => {
    const id = await endBreakGlassRow(tx, { userId: actorId(actor), now });
    if (id === undefined) throw new AppError("conflict", "No emergency access of yours runs.");
    return { id };
  },
  audit: ({ result }) => ({
    action: "U",
    entityType: "break-glass",
    entityId: result.id,
    detail: { ended: true },
  }),
});

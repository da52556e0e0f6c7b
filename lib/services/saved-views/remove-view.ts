import { actorId } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { viewRefSchema } from "@/lib/core/saved-view/schema";
import { deleteView } from "@/lib/db/saved-views";
import { command } from "@/lib/services/command";

/** Forgets one of one's own views. Input: { id }. @throws AppError forbidden | bad_request | not_found */
export const removeView = command({
  permission: "overview.read",
  input: viewRefSchema,
  run: async ({ tx, actor, input }) => {
    const isGone = actor.kind === "user" && (await deleteView(tx, { userId: actorId(actor), id: input.id }));
    if (!isGone) throw new AppError("not_found", "You keep no such view.");
  },
  audit: ({ input }) => ({ action: "D", entityType: "saved-view", entityId: input.id }),
});

import { actorId } from "@/lib/core/authz/actor";
import { viewsOfSchema } from "@/lib/core/saved-view/schema";
import { listViewRows, type SavedView } from "@/lib/db/saved-views";
import { query } from "@/lib/services/query";

/** One's own views of a list, by name. Input: { page }. @throws AppError forbidden | bad_request */
export const listViews = query({
  permission: "overview.read",
  input: viewsOfSchema,
  disclosesPhi: false,
  run: async ({ actor, input }): Promise<readonly SavedView[]> =>
    actor.kind === "user" ? listViewRows({ userId: actorId(actor), ...input }) : [],
});

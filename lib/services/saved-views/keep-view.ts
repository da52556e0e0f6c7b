import { AppError } from "@/lib/core/errors";
import { MOST_VIEWS, newViewSchema } from "@/lib/core/saved-view/schema";
import { countViews, putView } from "@/lib/db/saved-views";
import { command } from "@/lib/services/command";

/** Keeps the filters of a list under a name; one's own of that name is replaced. Input: { page, name, query }. @throws AppError forbidden | bad_request | conflict */
export const keepView = command({
  permission: "overview.read",
  input: newViewSchema,
  run: async ({ tx, actor, input }) => {
    if (actor.kind !== "user") throw new AppError("forbidden", "Only people keep views.");
    const own = { userId: actor.id, page: input.page };
    if ((await countViews(tx, own)) >= MOST_VIEWS) {
      throw new AppError("conflict", `You keep ${MOST_VIEWS} views of this list. Remove one first.`);
    }
    return putView(tx, { ...own, name: input.name, query: input.query });
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "saved-view",
    entityId: result,
    detail: { page: input.page },
  }),
});

import { z } from "zod";
import { actorId } from "@/lib/core/authz/actor";
import { type ReviewState, reviewState } from "@/lib/core/disclosure/break-glass";
import { type BreakGlass, countToReview, listBreakGlass } from "@/lib/db/break-glass";
import { query } from "@/lib/services/query";

/** An emergency access as its reviewer sees it. */
export type BreakGlassView = BreakGlass & { readonly state: ReviewState; readonly isOwn: boolean };

const LIMIT = 200;

/** The review queue: what waits first, then what was judged. @throws AppError forbidden */
export const readBreakGlassQueue = query({
  permission: "break-glass.review",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ actor, now }): Promise<readonly BreakGlassView[]> =>
    (await listBreakGlass(LIMIT)).map((use) => ({
      ...use,
      state: reviewState({ ...use, now }),
      isOwn: use.userId === actorId(actor),
    })),
});

/** How many wait for this person's judgement. @throws AppError forbidden */
export const countBreakGlassToReview = query({
  permission: "break-glass.review",
  input: z.object({}),
  disclosesPhi: false,
  run: ({ actor }): Promise<number> => countToReview(actorId(actor)),
});

import type { Review, ReviewLine } from "@/lib/core/audit/review";
import { reviewRefSchema } from "@/lib/core/audit/schema";
import { AppError } from "@/lib/core/errors";
import { findReview, readReviewLines } from "@/lib/db/audit-reviews";
import { query } from "@/lib/services/query";

export type OpenedReview = Omit<Review, "lines"> & { readonly lines: readonly ReviewLine[] };

/** One review with its lines. Who reads it is noted: it tells how people relate to patients. @throws AppError forbidden | bad_request | not_found */
export const readReview = query({
  permission: "audit-review.write",
  input: reviewRefSchema,
  disclosesPhi: ({ id }) => ({ action: "R", entityType: "audit-review", entityId: id }),
  run: async ({ input: { id } }): Promise<OpenedReview> => {
    const review = await findReview(id);
    if (review === undefined) throw new AppError("not_found", "There is no such review.");
    return { ...review, lines: await readReviewLines(id) };
  },
});

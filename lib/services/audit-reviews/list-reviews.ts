import { z } from "zod";
import type { Review } from "@/lib/core/audit/review";
import { reviewPeriods } from "@/lib/core/audit/review-period";
import { type ReviewKind, reviewKinds } from "@/lib/core/audit/review-words";
import type { TimeRange } from "@/lib/core/time/range";
import { isZone } from "@/lib/core/time/zone";
import { listReviewRows } from "@/lib/db/audit-reviews";
import { query } from "@/lib/services/query";

export type ReviewList = {
  /** Newest first. */
  readonly reviews: readonly Review[];
  /** Periods that nobody opened a review of yet, newest first. */
  readonly toOpen: readonly { readonly kind: ReviewKind; readonly period: TimeRange }[];
};

const LIMIT = 100;

/** The reviews of the trail and of access, and what was not reviewed yet, by the calendar of `zone`. @throws AppError forbidden */
export const listReviews = query({
  permission: "audit-review.write",
  input: z.object({ zone: z.string().max(64).refine(isZone) }),
  disclosesPhi: false,
  run: async ({ input: { zone }, now }): Promise<ReviewList> => {
    const reviews = await listReviewRows(LIMIT);
    const isOpened = (kind: ReviewKind, { from, to }: TimeRange) =>
      reviews.some((review) => review.kind === kind && review.from < to && review.to > from);
    const toOpen = reviewKinds.flatMap((kind) =>
      reviewPeriods({ kind, now, zone })
        .filter((period) => !isOpened(kind, period))
        .map((period) => ({ kind, period })),
    );
    return { reviews, toOpen };
  },
});

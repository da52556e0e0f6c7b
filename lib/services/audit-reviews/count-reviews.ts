import { z } from "zod";
import { reviewPeriods } from "@/lib/core/audit/review-period";
import { type ReviewKind, reviewKinds } from "@/lib/core/audit/review-words";
import type { TimeRange } from "@/lib/core/time/range";
import { isZone } from "@/lib/core/time/zone";
import { listReviewRows } from "@/lib/db/audit-reviews";
import { oldestAuditLine } from "@/lib/db/retention";
import { query } from "@/lib/services/query";

/** As many as there can be of the periods that are asked about. */
const LIMIT = 40;

/**
 * How many reviews wait: opened and not signed, or of a week or quarter that is over, has lines in the trail and that
 * nobody opened yet. Input: { zone }. @throws AppError forbidden | bad_request
 */
export const countReviews = query({
  permission: "audit-review.write",
  input: z.object({ zone: z.string().max(64).refine(isZone) }),
  disclosesPhi: false,
  run: async ({ input: { zone }, now }): Promise<number> => {
    const [reviews, oldest] = await Promise.all([listReviewRows(LIMIT), oldestAuditLine()]);
    const isOpened = (kind: ReviewKind, { from, to }: TimeRange) =>
      reviews.some((review) => review.kind === kind && review.from < to && review.to > from);
    const isDue = ({ to }: TimeRange) => oldest !== undefined && to > oldest && to <= now;
    const unopened = reviewKinds.flatMap((kind) =>
      reviewPeriods({ kind, now, zone }).filter((period) => isDue(period) && !isOpened(kind, period)),
    );
    return reviews.filter(({ signed }) => signed === undefined).length + unopened.length;
  },
});

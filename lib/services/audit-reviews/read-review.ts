import type { Review, ReviewLine } from "@/lib/core/audit/review";
import { reviewRefSchema } from "@/lib/core/audit/schema";
import { actorId } from "@/lib/core/authz/actor";
import { policy } from "@/lib/core/authz/policy";
import { type Role, roles } from "@/lib/core/authz/role";
import { AppError } from "@/lib/core/errors";
import { findReview, readReviewLines } from "@/lib/db/audit-reviews";
import { countHolders } from "@/lib/db/people";
import { inTransaction } from "@/lib/db/transaction";
import { query } from "@/lib/services/query";

export type OpenedReview = Omit<Review, "lines"> & {
  readonly lines: readonly ReviewLine[];
  /** Whether anybody but the reader may judge: lines about the reader wait for them. */
  readonly hasOtherJudge: boolean;
  /** Whether anybody at all may sign. */
  readonly hasSigner: boolean;
};

/** One review with its lines. Who reads it is noted: it tells how people relate to patients. @throws AppError forbidden | bad_request | not_found */
export const readReview = query({
  permission: "audit-review.write",
  input: reviewRefSchema,
  disclosesPhi: ({ id }) => ({ action: "R", entityType: "audit-review", entityId: id }),
  run: async ({ actor, input: { id } }): Promise<OpenedReview> => {
    const review = await findReview(id);
    if (review === undefined) throw new AppError("not_found", "There is no such review.");
    const [lines, others, signers] = await Promise.all([
      readReviewLines(id),
      holders(judging, [actorId(actor)]),
      holders(["privacy-officer"], []),
    ]);
    return { ...review, lines, hasOtherJudge: others > 0, hasSigner: signers > 0 };
  },
});

const judging = roles.filter((role) => policy[role].includes("audit-review.write"));

function holders(of: readonly Role[], except: readonly string[]): Promise<number> {
  return inTransaction((tx) => countHolders(tx, { roles: of, except }));
}

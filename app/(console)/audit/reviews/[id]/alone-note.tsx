import { Callout } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { type Actor, actorId } from "@/lib/core/authz/actor";
import { can } from "@/lib/core/authz/policy";
import type { OpenedReview } from "@/lib/services/audit-reviews/read-review";

/** Why a review cannot be finished where too few people hold a role for it; nothing where it can. */
export function AloneNote({ review, actor }: { readonly review: OpenedReview; readonly actor: Actor }) {
  if (review.signed) return null;
  const own = review.lines.filter((line) => line.personId === actorId(actor)).length;
  const isAlone = own > 0 && !review.hasOtherJudge;
  if (!isAlone && review.hasSigner) return null;
  const link = can(actor, "user.write") ? (
    <LinkButton href="/admin/people">People and roles</LinkButton>
  ) : null;
  return (
    <div className="mb-4">
      <Callout tone="notice" title="This review needs another person" actions={link}>
        {isAlone ? (
          <p>
            {own === 1 ? "One line is" : `${own} lines are`} about yourself, and nobody judges what they did
            or may do themselves. You are the only one here who may review: give another person the role of
            privacy officer or administrator.
          </p>
        ) : null}
        {review.hasSigner ? null : (
          <p>
            A privacy officer signs reviews, and nobody holds that role yet. Until then it stays open and is
            kept.
          </p>
        )}
      </Callout>
    </div>
  );
}

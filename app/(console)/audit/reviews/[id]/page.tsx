import type { Metadata } from "next";
import { Moment } from "@/components/ui/moment";
import { PageHeader } from "@/components/ui/page-header";
import { PanelBody } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { requireActor } from "@/lib/http/actor";
import { type OpenedReview, readReview } from "@/lib/services/audit-reviews/read-review";
import { isPrivacyOfficer } from "@/lib/services/audit-reviews/sign-review";
import { orNotFound } from "../../../or-not-found";
import { periodText, reviewTitles } from "../review-period-text";
import { AloneNote } from "./alone-note";
import { coveredText } from "./covered-text";
import { LineTable } from "./line-table";
import { SignButton } from "./sign-button";

export const metadata: Metadata = { title: "Review" };

/** One review: its lines, what was judged of them, and its signature. */
export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
  const [actor, { id }] = await Promise.all([requireActor(), params]);
  const review = await orNotFound(readReview(actor, { id }));
  const now = new Date();
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Audit", href: "/audit/trail" },
          { label: "Reviews", href: "/audit/reviews" },
        ]}
        title={`${reviewTitles[review.kind]}, ${periodText(review, { zone: review.zone, now })}`}
        meta={coveredText(review)}
        actions={<Signature review={review} actor={actor} now={now} />}
      />
      <AloneNote review={review} actor={actor} />
      <PanelBody
        state={
          review.lines.length > 0
            ? { kind: "ready" }
            : { kind: "empty", title: "Nothing stood out.", why: "No rule named anything in this time." }
        }
      >
        <LineTable review={review} actor={actor} now={now} />
      </PanelBody>
    </>
  );
}

function Signature(of: { readonly review: OpenedReview; readonly actor: Actor; readonly now: Date }) {
  const { review, actor, now } = of;
  if (review.signed) {
    return (
      <span>
        Signed by {review.signed.by} · <Moment at={review.signed.at} now={now} zone={review.zone} />
      </span>
    );
  }
  const open = review.lines.length - review.linesJudged;
  if (open > 0) return <span className="text-muted">{`${open} of ${review.lines.length} to judge`}</span>;
  if (isPrivacyOfficer(actor)) return <SignButton id={review.id} />;
  return <span className="text-muted">All judged. A privacy officer signs.</span>;
}

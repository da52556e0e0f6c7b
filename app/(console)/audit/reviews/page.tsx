import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { reviewKinds } from "@/lib/core/audit/review-words";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listReviews } from "@/lib/services/audit-reviews/list-reviews";
import { readPageTime } from "../../page-time";
import { AuditTabs } from "../audit-tabs";
import { ReviewTable } from "./review-table";

export const metadata: Metadata = { title: "Reviews" };

/** What people look at in the audit trail, week by week and quarter by quarter. */
export default async function ReviewsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const list = await listReviews(actor, { zone: time.zone });
  return (
    <>
      <PageHeader title="Audit" meta="Reviews of what was done, and of who may do what." />
      <AuditTabs actor={actor} current="reviews" time={time} />
      <div className="flex flex-col gap-6">
        {reviewKinds.map((kind) => (
          <ReviewTable key={kind} kind={kind} list={list} time={time} />
        ))}
      </div>
    </>
  );
}

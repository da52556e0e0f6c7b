import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/core/authz/policy";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readBreakGlassQueue } from "@/lib/services/disclosure/list-break-glass";
import { readPageTime } from "../../page-time";
import { BreakGlassPanel } from "./break-glass-panel";
import { ReviewPanel } from "./review-panel";

export const metadata: Metadata = { title: "Emergency access" };

export default async function BreakGlassPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const mayReview = can(actor, "break-glass.review");
  const mayUse = can(actor, "break-glass.use");
  if (!mayReview && !mayUse) notFound();
  return (
    <>
      <PageHeader
        title="Emergency access"
        meta="Opens every department's messages to one person for 30 minutes. The privacy officer judges each use."
      />
      <div className="flex flex-col gap-6">
        {mayUse ? <BreakGlassPanel isRunning={actor.breakGlassUntil !== undefined} /> : null}
        {mayReview ? <ReviewPanel uses={await readBreakGlassQueue(actor, {})} time={time} /> : null}
      </div>
    </>
  );
}

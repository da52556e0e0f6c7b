import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { hrefOf } from "@/lib/core/href";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listExamIssuers } from "@/lib/services/journeys/search-exams";
import { readPageTime } from "../../page-time";
import { ExamSearch } from "./exam-search";

export const metadata: Metadata = { title: "Find exams" };

/** What is looked for travels in the request body only: it may be a patient's number. */
export default async function ExamSearchPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const issuers = await listExamIssuers(actor, {});
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Exams", href: hrefOf("/journeys", time.params) }]}
        title="Find exams"
        meta="By accession or MRN. The search is noted in the audit trail; the list shows neither."
      />
      <ExamSearch issuers={issuers} zone={time.zone} now={time.now} params={time.params} />
    </>
  );
}

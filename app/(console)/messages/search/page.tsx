import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { hrefOf } from "@/lib/core/href";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listIssuers } from "@/lib/services/messages/search-messages";
import { readPageTime } from "../../page-time";
import { SearchForm } from "./search-form";

export const metadata: Metadata = { title: "Find messages" };

/** What is looked for travels in the request body only: it may be a patient's number. */
export default async function SearchPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const issuers = await listIssuers(actor, {});
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Messages", href: hrefOf("/messages", time.params) }]}
        title="Find messages"
        meta="By control id, accession, order number or MRN, over all interfaces and everything that is kept."
      />
      <SearchForm issuers={issuers} zone={time.zone} now={time.now} params={time.params} />
    </>
  );
}

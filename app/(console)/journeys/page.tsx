import type { Metadata } from "next";
import { ExamTable } from "@/components/journey/exam-table";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { PanelBody } from "@/components/ui/panel";
import { can } from "@/lib/core/authz/policy";
import { parseStalledCursor } from "@/lib/core/journey/stalled";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listStalled } from "@/lib/services/journeys/list-stalled";
import { oneParam } from "../one-param";
import { readPageTime } from "../page-time";
import { SavedViews } from "../saved-views/saved-views";
import { countSentence, pageLinks, pageState, readFilter } from "./page-words";
import { StalledFilters } from "./stalled-filters";

export const metadata: Metadata = { title: "Exams" };

/** Exams that wait longer than they may. No time range: what is stalled is stalled now. */
export default async function JourneysPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time, params] = await Promise.all([requireActor(), readPageTime(searchParams), searchParams]);
  const filter = readFilter(params);
  const cursor = parseStalledCursor(oneParam(params, "cursor") ?? "");
  const page = await listStalled(actor, { ...filter, ...(cursor ? { cursor } : {}) });
  return (
    <>
      {cursor ? null : <LiveRefresh />}
      <PageHeader
        title={countSentence(page)}
        meta="Exams that wait longer for their next step than they may, longest overdue first. Patients and accessions stay masked."
        actions={
          <>
            <SavedViews actor={actor} page="/journeys" />
            {can(actor, "exam.search") ? (
              <LinkButton href="/journeys/search">Find by accession or MRN</LinkButton>
            ) : null}
          </>
        }
      />
      <StalledFilters filter={filter} counts={page.counts} kept={time.params} />
      <PanelBody state={pageState(page)}>
        <ExamTable
          caption="Stalled exams"
          rows={page.rows}
          params={time.params}
          zone={time.zone}
          now={time.now}
        />
      </PanelBody>
      <Pagination of="stalled exams" isByTime={false} {...pageLinks({ page, filter, params: time.params })} />
    </>
  );
}

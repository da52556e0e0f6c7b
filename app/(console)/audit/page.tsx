import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { CsvLink } from "@/components/ui/csv-link";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { PanelBody } from "@/components/ui/panel";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listEvents } from "@/lib/services/external-audit/list-events";
import { readEvent } from "@/lib/services/external-audit/read-event";
import { found } from "../found";
import { readPageTime } from "../page-time";
import { AuditFilters } from "./audit-filters";
import { auditLinks, auditState, readAuditQuery } from "./audit-query";
import { AuditTabs } from "./audit-tabs";
import { EventDetail } from "./event-detail";
import { EventDrawer } from "./event-drawer";
import { EventTable } from "./event-table";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time, params] = await Promise.all([requireActor(), readPageTime(searchParams), searchParams]);
  const { filter, cursor, place } = readAuditQuery(params);
  const [page, detail] = await Promise.all([
    listEvents(actor, { range: time.range, filter, ...(cursor ? { cursor } : {}) }),
    place ? found(readEvent(actor, place)) : undefined,
  ]);
  const links = auditLinks({ filter, cursor, time });
  return (
    <>
      {cursor || detail ? null : <LiveRefresh />}
      <PageHeader
        title="Audit"
        meta="What the engines wrote down about the people who use them. “Authorised” means allowed, not done."
        actions={<CsvLink href={links.csv} of="audit events" />}
      />
      <AuditTabs actor={actor} current="engines" time={time} />
      <AuditFilters filter={filter} kept={time.params} />
      <PanelBody state={auditState(page)}>
        <EventTable rows={page.rows} time={time} hrefOfEvent={links.event} />
      </PanelBody>
      <Pagination of="audit events" newerHref={links.page(page.newer)} olderHref={links.page(page.older)} />
      {detail ? (
        <EventDrawer title={detail.event.name} closeHref={links.here}>
          <EventDetail detail={detail} time={time} />
        </EventDrawer>
      ) : null}
    </>
  );
}

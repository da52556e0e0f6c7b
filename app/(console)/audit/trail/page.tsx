import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { PanelBody } from "@/components/ui/panel";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listTrail } from "@/lib/services/own-audit/list-trail";
import { readTrailLine } from "@/lib/services/own-audit/read-trail-line";
import { readTrailStatus } from "@/lib/services/own-audit/read-trail-status";
import { found } from "../../found";
import { readPageTime } from "../../page-time";
import { AuditTabs } from "../audit-tabs";
import { EventDrawer } from "../event-drawer";
import { LineDetail } from "./line-detail";
import { ReportLinks } from "./report-links";
import { StatusStrip } from "./status-strip";
import { TrailFilters } from "./trail-filters";
import { readTrailQuery, trailLinks, trailState } from "./trail-query";
import { TrailTable } from "./trail-table";
import { VerifyPanel } from "./verify-panel";

export const metadata: Metadata = { title: "Audit trail" };

/** What people and systems did in Signalbox itself, and how far that is proven. */
export default async function TrailPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time, params] = await Promise.all([requireActor(), readPageTime(searchParams), searchParams]);
  const { filter, sort, cursor, line: id } = readTrailQuery(params);
  const [status, page, line] = await Promise.all([
    readTrailStatus(actor, {}),
    listTrail(actor, { range: time.range, filter, sort, ...(cursor ? { cursor } : {}) }),
    id ? found(readTrailLine(actor, { id })) : undefined,
  ]);
  const links = trailLinks({ filter, sort, cursor, time });
  return (
    <>
      <PageHeader
        title="Audit"
        meta="Everything that people and systems did in Signalbox, sealed so that a change shows. Reading it is noted too."
        actions={<ReportLinks links={links} />}
      />
      <AuditTabs actor={actor} current="trail" time={time} />
      <div className="flex flex-col gap-4">
        <StatusStrip status={status} time={time} />
        <VerifyPanel range={time.range} zone={time.zone} now={time.now} />
      </div>
      <div className="mt-4 border-t border-line pt-3">
        <TrailFilters filter={filter} sort={sort} kept={time.params} />
        <PanelBody state={trailState(page)}>
          <TrailTable rows={page.rows} time={time} sort={sort} links={links} />
        </PanelBody>
        <Pagination
          of="lines of the trail"
          isByTime={sort.key === "at" && sort.direction === "desc"}
          newerHref={links.page(page.newer)}
          olderHref={links.page(page.older)}
        />
      </div>
      {line ? (
        <EventDrawer title={`Line ${line.id}`} closeHref={links.here}>
          <LineDetail line={line} time={time} />
        </EventDrawer>
      ) : null}
    </>
  );
}

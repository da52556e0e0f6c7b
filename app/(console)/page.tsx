import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Panel, type PanelState } from "@/components/ui/panel";
import { can } from "@/lib/core/authz/policy";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readOverview } from "@/lib/services/overview/read-overview";
import { OutcomeStrips } from "./_overview/outcome-strips";
import { SentenceTitle } from "./_overview/sentence-title";
import { WorstFirstTable } from "./_overview/worst-first-table";
import { NothingOpen } from "./nothing-open";
import { readPageTime } from "./page-time";

export const metadata: Metadata = { title: "Overview" };

/** Did anything break? */
export default async function OverviewPage({ searchParams }: PageProps) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  if (!can(actor, "overview.read")) return <NothingOpen />;
  const overview = await readOverview(actor, { range: time.range, zone: time.zone });
  const isEmpty = overview.rows.length === 0;
  return (
    <>
      <LiveRefresh />
      <PageHeader title={<SentenceTitle parts={overview.sentence} params={time.params} />} />
      <div className="flex flex-col gap-6">
        <Panel
          title="Worst first"
          hint="Small figures: change against the previous period, then against the same hours last week. Volume is counted where messages come in, failure where they go out."
          state={isEmpty ? noSource : { kind: "ready" }}
        >
          <WorstFirstTable rows={overview.rows} time={time} />
        </Panel>
        {isEmpty ? null : (
          <Panel
            title="Outcomes over time"
            hint="By group of interfaces; grey is well, times in the zone above."
          >
            <OutcomeStrips overview={overview} zone={time.zone} now={time.now} />
          </Panel>
        )}
      </div>
    </>
  );
}

type PageProps = { readonly searchParams: Promise<SearchParams> };

const noSource: PanelState = {
  kind: "no-source",
  next: (
    <LinkButton look="primary" href="/sources/add">
      Connect an engine
    </LinkButton>
  ),
};

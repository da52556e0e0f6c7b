import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { PageHeader } from "@/components/ui/page-header";
import { Panel, type PanelState } from "@/components/ui/panel";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listClaims } from "@/lib/services/work/list-claims";
import { readPageTime } from "../page-time";
import { ClaimTable } from "./claim-table";

export const metadata: Metadata = { title: "Claimed work" };

export default async function WorkPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const { mine, others } = await listClaims(actor, {});
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title="Claimed work"
        meta="Who works on what. A claim opens one record to one person and ends by itself."
      />
      <div className="flex flex-col gap-6">
        <Panel
          title="Yours"
          hint="Their records are open to you until then"
          state={mine.length > 0 ? ready : nothing}
        >
          <ClaimTable caption="What you have claimed" claims={mine} time={time} withHolder={false} />
        </Panel>
        <Panel title="Of others" state={others.length > 0 ? ready : nothingOfOthers}>
          <ClaimTable caption="What others have claimed" claims={others} time={time} withHolder />
        </Panel>
      </div>
    </>
  );
}

const ready: PanelState = { kind: "ready" };
const nothing: PanelState = {
  kind: "empty",
  title: "You have claimed nothing.",
  why: "Open a dead letter or a failed message and claim it there.",
};
const nothingOfOthers: PanelState = { kind: "empty", title: "Nobody else has claimed anything." };

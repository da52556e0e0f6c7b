import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { PageHeader } from "@/components/ui/page-header";
import { PanelBody } from "@/components/ui/panel";
import { hrefOf } from "@/lib/core/href";
import { parseMessageFilter } from "@/lib/core/message/message-filter";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listInterfaceNames } from "@/lib/services/interfaces/list-interface-names";
import { listMessages } from "@/lib/services/messages/list-messages";
import { readPageTime } from "../../page-time";
import { SavedViews } from "../../saved-views/saved-views";
import { MessageFilters } from "../message-filters";
import { MessageTable } from "../message-table";

export const metadata: Metadata = { title: "Failures as they come" };

const REACH_MINUTES = 60;
const REFRESH_MS = 3_000;

/** The newest failures of the last hour, anew every few seconds. Pause stands in the top bar, as everywhere. */
export default async function TailPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time, params] = await Promise.all([requireActor(), readPageTime(searchParams), searchParams]);
  const { interfaceId, legId, reason, type } = parseMessageFilter(params).filter;
  const filter = {
    ...(interfaceId === undefined ? {} : { interfaceId }),
    ...(legId === undefined ? {} : { legId }),
    ...(reason === undefined ? {} : { reason }),
    ...(type === undefined ? {} : { type }),
  };
  const range = { from: new Date(time.now.getTime() - REACH_MINUTES * 60_000), to: time.now };
  const [{ rows, older }, interfaces] = await Promise.all([
    listMessages(actor, { range, filter: { ...filter, outcome: "failed" } }),
    listInterfaceNames(actor, {}),
  ]);
  return (
    <>
      <LiveRefresh everyMs={REFRESH_MS} />
      <PageHeader
        crumbs={[{ label: "Messages", href: hrefOf("/messages", time.params) }]}
        title="Failures as they come"
        meta={`Received within the last ${REACH_MINUTES} minutes, newest first${older ? `; the newest ${rows.length}` : ""}. “Live” in the top bar pauses.`}
        actions={<SavedViews actor={actor} page="/messages/tail" />}
      />
      <MessageFilters action="/messages/tail" filter={filter} interfaces={interfaces} kept={time.params} />
      <PanelBody
        state={
          rows.length > 0
            ? { kind: "ready" }
            : {
                kind: "empty",
                title: "Nothing that came in within the last hour has failed.",
                why: "What fails appears here by itself, within seconds of being read.",
              }
        }
      >
        <MessageTable
          caption="Failures of the last hour"
          rows={rows}
          params={time.params}
          zone={time.zone}
          now={time.now}
        />
      </PanelBody>
    </>
  );
}

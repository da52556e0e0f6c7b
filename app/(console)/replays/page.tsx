import type { Metadata } from "next";
import { RunStateWord } from "@/components/replay/replay-words";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Moment } from "@/components/ui/moment";
import { PageHeader } from "@/components/ui/page-header";
import { Panel, type PanelState } from "@/components/ui/panel";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listReplays, type ReplayLine } from "@/lib/services/replays/list-replays";
import { type PageTime, readPageTime } from "../page-time";

export const metadata: Metadata = { title: "Replays" };

export default async function ReplaysPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const lines = await listReplays(actor, {});
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title="Replays"
        meta="Failed messages that are sent again. Originals stay, and figures of first attempts never change."
      />
      <Panel title="Newest first" state={lines.length > 0 ? ready : nothing}>
        <DataTable
          caption="Replays, newest first"
          columns={columnsAt(time)}
          rows={lines}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/replays/${id}`}
        />
      </Panel>
    </>
  );
}

const ready: PanelState = { kind: "ready" };
const nothing: PanelState = {
  kind: "empty",
  title: "Nothing was sent again so far.",
  why: "Open a message that failed and choose Send again.",
};

function columnsAt({ now, zone }: PageTime): readonly Column<ReplayLine>[] {
  return [
    { key: "reason", head: "Why", phone: "title", cell: ({ reason }) => reason ?? "Not yet said" },
    { key: "state", head: "State", phone: "value", cell: ({ state }) => <RunStateWord state={state} /> },
    { key: "source", head: "Source", cell: ({ sourceName }) => sourceName ?? "no longer there" },
    { key: "messages", head: "Messages", align: "end", cell: ({ messages }) => messages },
    { key: "delivered", head: "Arrived", align: "end", cell: ({ delivered }) => delivered },
    { key: "failed", head: "Failed", align: "end", cell: ({ failed }) => failed },
    { key: "unclear", head: "Unclear", align: "end", cell: ({ unclear }) => unclear },
    { key: "by", head: "Asked by", cell: ({ requesterName }) => requesterName ?? "Somebody who is gone" },
    {
      key: "at",
      head: "Asked",
      cell: ({ requestedAt }) => <Moment at={requestedAt} now={now} zone={zone} />,
    },
  ];
}

import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { PageHeader } from "@/components/ui/page-header";
import { TabLinks } from "@/components/ui/tab-links";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { type Inbox, readInbox } from "@/lib/services/approvals/read-inbox";
import { oneOfParam } from "../one-param";
import { type PageTime, readPageTime } from "../page-time";
import { DecidedTable } from "./decided-table";
import { DeputyPanel } from "./deputy-panel";
import { NoticeList } from "./notice-list";
import { WaitingList } from "./waiting-list";

export const metadata: Metadata = { title: "Approvals" };

const tabs = ["waiting", "decided", "information"] as const;
type Tab = (typeof tabs)[number];

/** What takes a second person, what became of it, and what there is to know of. */
export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time, params] = await Promise.all([requireActor(), readPageTime(searchParams), searchParams]);
  const inbox = await readInbox(actor, {});
  const tab = oneOfParam(params, "tab", tabs) ?? "waiting";
  return (
    <>
      <LiveRefresh />
      <PageHeader title="Approvals" meta="Some acts take two people. Whoever asks never decides." />
      <TabLinks
        label="Approvals"
        current={tab}
        tabs={tabs.map((key) => ({
          key,
          label: labelOf(key, inbox),
          href: key === "waiting" ? "/approvals" : `/approvals?tab=${key}`,
        }))}
      />
      <div className="flex flex-col gap-6">
        <TabBody tab={tab} inbox={inbox} time={time} />
        {tab === "waiting" ? <DeputyPanel inbox={inbox} actor={actor} time={time} /> : null}
      </div>
    </>
  );
}

function labelOf(tab: Tab, { waiting, notices }: Inbox): string {
  const counted = (title: string, count: number) => (count === 0 ? title : `${title} (${count})`);
  switch (tab) {
    case "waiting":
      return counted("Waiting", waiting.length);
    case "decided":
      return "Decided";
    case "information":
      return counted("For your information", notices.filter(({ isSeen }) => !isSeen).length);
  }
}

type TabBodyProps = { readonly tab: Tab; readonly inbox: Inbox; readonly time: PageTime };

function TabBody({ tab, inbox, time }: TabBodyProps) {
  switch (tab) {
    case "waiting":
      return <WaitingList requests={inbox.waiting} time={time} />;
    case "decided":
      return <DecidedTable requests={inbox.decided} time={time} />;
    case "information":
      return <NoticeList notices={inbox.notices} time={time} />;
  }
}

import type { Metadata } from "next";
import { NoticeTable } from "@/components/notice/notice-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listNotices } from "@/lib/services/notices/list-notices";
import { readPageTime } from "../../page-time";

export const metadata: Metadata = { title: "Notices" };

/** Every notice of late: to whom it went, through what, and how that ended. */
export default async function NoticesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, { now, zone }] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const notices = await listNotices(actor, {});
  const failed = notices.filter(({ state }) => state === "failed").length;
  return (
    <>
      <PageHeader
        title="Notices"
        crumbs={[{ label: "On call", href: "/on-call" }]}
        meta={
          failed === 0 ? "None of the last 200 failed." : `${failed} of the last ${notices.length} failed.`
        }
      />
      {notices.length === 0 ? (
        <EmptyState title="Nothing was told yet.">
          Send a test from your account to see one arrive.
        </EmptyState>
      ) : (
        <NoticeTable notices={notices} now={now} zone={zone} />
      )}
    </>
  );
}

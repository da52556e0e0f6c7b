import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { PageHeader } from "@/components/ui/page-header";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listSessions } from "@/lib/services/users/list-sessions";
import { readPageTime } from "../../page-time";
import { SessionTable } from "./session-table";

export const metadata: Metadata = { title: "Sessions" };

/** Who is signed in, where, and since when. */
export default async function SessionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const sessions = await listSessions(actor, {});
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title="Sessions"
        crumbs={[
          { label: "Admin", href: "/admin" },
          { label: "People", href: "/admin/people" },
        ]}
        meta="Who is signed in, where, and since when. A session that is ended opens nothing from then on."
      />
      <SessionTable sessions={sessions} time={time} showsPerson />
    </>
  );
}

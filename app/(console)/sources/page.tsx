import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/core/authz/policy";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listSources } from "@/lib/services/sources/list-sources";
import { readPageTime } from "../page-time";
import { SourceTable } from "./source-table";

export const metadata: Metadata = { title: "Sources" };

export default async function SourcesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const sources = await listSources(actor, {});
  const add = can(actor, "source.write") ? (
    <LinkButton look="primary" href="/sources/add">
      Add a source
    </LinkButton>
  ) : null;
  const letters = can(actor, "dead-letter.read") ? (
    <LinkButton href="/sources/dead-letters">Dead letters</LinkButton>
  ) : null;
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title="Sources"
        meta="The engines and feeds that Signalbox reads from."
        actions={
          <>
            {letters}
            <LinkButton href="/sources/clients">API clients</LinkButton>
            {add}
          </>
        }
      />
      {sources.length === 0 ? (
        <EmptyState title="Nothing is connected yet." actions={add}>
          Add an interface engine, or a feed that sends by itself.
        </EmptyState>
      ) : (
        <SourceTable sources={sources} time={time} />
      )}
    </>
  );
}

import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/core/authz/policy";
import { requireActor } from "@/lib/http/actor";
import { listSources } from "@/lib/services/sources/list-sources";
import { SourceTable } from "./source-table";

export const metadata: Metadata = { title: "Sources" };

export default async function SourcesPage() {
  const actor = await requireActor();
  const sources = await listSources(actor, {});
  const add = can(actor, "source.write") ? (
    <LinkButton look="primary" href="/sources/add">
      Add a source
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHeader title="Sources" meta="The engines and feeds that Signalbox reads from." actions={add} />
      {sources.length === 0 ? (
        <EmptyState title="Nothing is connected yet." actions={add}>
          Add an interface engine, or a feed that sends by itself.
        </EmptyState>
      ) : (
        <SourceTable sources={sources} now={new Date()} />
      )}
    </>
  );
}

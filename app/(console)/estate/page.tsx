import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/core/authz/policy";
import { KNOWN_RELEASES_AS_OF } from "@/lib/core/estate/known-releases";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listSystems } from "@/lib/services/estate/list-systems";
import { readPageTime } from "../page-time";
import { SystemTable } from "./system-table";

export const metadata: Metadata = { title: "Estate" };

/** Every system that takes part in the exchange, those that need somebody in front. */
export default async function EstatePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const systems = await listSystems(actor, {});
  const add = can(actor, "estate.write") ? (
    <LinkButton look="primary" href="/estate/add">
      Add a system
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHeader title="Estate" meta={sentenceOf(systems)} actions={add} />
      {systems.length === 0 ? (
        <EmptyState title="No system is entered yet." actions={add}>
          Enter PACS, HIS, RIS, engines and modalities, and this page watches their certificates, clocks and
          releases.
        </EmptyState>
      ) : (
        <>
          <SystemTable systems={systems} time={time} />
          <p className="mt-3 text-12 text-muted">
            Known weaknesses and ends of support are told from a list kept up to {KNOWN_RELEASES_AS_OF}; what
            came to light later is not in it.
          </p>
        </>
      )}
    </>
  );
}

function sentenceOf(systems: Awaited<ReturnType<typeof listSystems>>): string {
  if (systems.length === 0) return "The systems that take part in the exchange.";
  const needing = systems.filter(({ warnings }) => warnings.some(({ severity }) => severity !== "notice"));
  const all = systems.length === 1 ? "1 system" : `${systems.length} systems`;
  if (needing.length === 0) return `Nothing known is wrong with any of ${all}.`;
  return `${needing.length} of ${all} ${needing.length === 1 ? "needs" : "need"} somebody.`;
}

import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { PanelBody, type PanelState } from "@/components/ui/panel";
import { hrefOf } from "@/lib/core/href";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listInterfaces } from "@/lib/services/interfaces/list-interfaces";
import { readPageTime } from "../page-time";
import { SavedViews } from "../saved-views/saved-views";
import { InterfaceFilters } from "./interface-filters";
import { InterfaceTable } from "./interface-table";
import { readListQuery } from "./list-query";

export const metadata: Metadata = { title: "Interfaces" };

export default async function InterfacesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time, params] = await Promise.all([requireActor(), readPageTime(searchParams), searchParams]);
  const { filter, sort } = readListQuery(params);
  const list = await listInterfaces(actor, { range: time.range, ...filter, ...sort });
  const shown = list.rows.length === list.total ? `${list.total}` : `${list.rows.length} of ${list.total}`;
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title="Interfaces"
        meta={`${shown}, each with its figures over the time range above`}
        actions={<SavedViews actor={actor} page="/interfaces" />}
      />
      <InterfaceFilters filter={filter} sort={sort} choices={list.choices} kept={time.params} />
      <PanelBody state={stateOf(list)}>
        <InterfaceTable
          rows={list.rows}
          time={time}
          sort={{
            key: sort.sort,
            direction: sort.direction,
            hrefFor: (key, direction) => hrefOf("/interfaces", time.params, filter, { sort: key, direction }),
          }}
        />
      </PanelBody>
    </>
  );
}

function stateOf({ rows, total }: { readonly rows: readonly unknown[]; readonly total: number }): PanelState {
  if (total === 0)
    return { kind: "no-source", next: <LinkButton href="/sources">See the sources</LinkButton> };
  if (rows.length > 0) return { kind: "ready" };
  return {
    kind: "empty",
    title: "No interface matches these filters.",
    next: <LinkButton href="/interfaces">Show all</LinkButton>,
  };
}

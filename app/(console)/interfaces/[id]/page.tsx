import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LiveRefresh } from "@/components/shell/live-refresh";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { found } from "../../found";
import { oneParam } from "../../one-param";
import { readPageTime } from "../../page-time";
import { InterfaceHeader } from "./interface-header";
import { loadInterfacePage } from "./load-page";
import { CountedPanels, MessagePanels } from "./panels";

export const metadata: Metadata = { title: "Interface" };

type PageProps = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export default async function InterfacePage({ params, searchParams }: PageProps) {
  const [actor, time, { id }, query] = await Promise.all([
    requireActor(),
    readPageTime(searchParams),
    params,
    searchParams,
  ]);
  if (!/^\d{1,9}$/.test(id)) notFound();
  const legId = Number(oneParam(query, "leg") ?? Number.NaN);
  const page = await found(loadInterfacePage(actor, { interfaceId: Number(id), legId, time }));
  const shared = { page, time };
  return (
    <>
      <LiveRefresh />
      <InterfaceHeader {...shared} actor={actor} />
      <div className="flex flex-col gap-6">
        {page.view.row.of.isCountedOnly ? <CountedPanels {...shared} /> : <MessagePanels {...shared} />}
      </div>
    </>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LiveRefresh } from "@/components/shell/live-refresh";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { found } from "../../found";
import { oneParam } from "../../one-param";
import { readPageTime } from "../../page-time";
import { ChangesPanel } from "./changes-panel";
import { DelayPanel } from "./delay-panel";
import { InterfaceFigures } from "./interface-figures";
import { InterfaceHeader } from "./interface-header";
import { LatencyPanel } from "./latency-panel";
import { LegChoice } from "./leg-choice";
import { LegPanel } from "./leg-panel";
import { loadInterfacePage } from "./load-page";
import { OutcomePanel } from "./outcome-panel";
import { QueuePanel } from "./queue-panel";
import { ReasonPanel } from "./reason-panel";

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
        <InterfaceFigures {...shared} />
        <LegChoice {...shared} />
        <OutcomePanel {...shared} />
        <LatencyPanel {...shared} />
        <LegPanel {...shared} />
        <div className="grid gap-6 xl:grid-cols-2">
          <ReasonPanel {...shared} />
          <ChangesPanel {...shared} />
        </div>
        <DelayPanel {...shared} />
        <QueuePanel {...shared} />
      </div>
    </>
  );
}

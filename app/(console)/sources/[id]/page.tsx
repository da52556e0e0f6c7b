import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { ReadingStateWord } from "@/components/source/reading-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/core/authz/policy";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readSource } from "@/lib/services/sources/read-source";
import { orNotFound } from "../../or-not-found";
import { readPageTime } from "../../page-time";
import { ChannelColumnsPanel } from "./channel-columns-panel";
import { LoneSightingsPanel } from "./lone-sightings-panel";
import { LossesPanel } from "./losses-panel";
import { RemoveSource } from "./remove-source";
import { ReplayPanel } from "./replay-panel";
import { SettingsPanel } from "./settings-panel";
import { SourceControls } from "./source-controls";
import { SourceHealthPanel } from "./source-health-panel";
import { TokensPanel } from "./tokens-panel";

export const metadata: Metadata = { title: "Source" };

type PageProps = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export default async function SourcePage({ params, searchParams }: PageProps) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const source = await orNotFound(readSource(actor, await params));
  const mayWrite = can(actor, "source.write");
  const mayConfirm = can(actor, "interface.write");
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title={source.name}
        crumbs={[{ label: "Sources", href: "/sources" }]}
        meta={
          <span className="flex flex-wrap items-center gap-x-3">
            <ReadingStateWord state={source.state} /> {source.kindTitle}
          </span>
        }
        actions={mayWrite ? <SourceControls source={source} /> : null}
      />
      <div className="flex flex-col gap-6">
        <SourceHealthPanel source={source} time={time} />
        {source.hasPort ? <LossesPanel actor={actor} sourceId={source.id} /> : null}
        {source.isPolled ? null : <TokensPanel actor={actor} sourceId={source.id} time={time} />}
        {source.hasPort && can(actor, "message.read") ? (
          <LoneSightingsPanel actor={actor} sourceId={source.id} time={time} />
        ) : null}
        {source.channels.length > 0 ? (
          <ChannelColumnsPanel channels={source.channels} time={time} mayConfirm={mayConfirm} />
        ) : null}
        {mayWrite && !source.isDemo && source.replay !== "none" ? (
          <ReplayPanel id={source.id} replay={source.replay} />
        ) : null}
        {mayWrite && !source.isDemo ? (
          <>
            <SettingsPanel source={source} />
            <RemoveSource id={source.id} name={source.name} />
          </>
        ) : null}
      </div>
    </>
  );
}

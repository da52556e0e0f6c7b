import type { Metadata } from "next";
import { RunStateWord } from "@/components/replay/replay-words";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { Callout } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { stopTexts } from "@/lib/core/replay/decide";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readReplay } from "@/lib/services/replays/read-replay";
import { orNotFound } from "../../or-not-found";
import { readPageTime } from "../../page-time";
import { DryRunPanel } from "./dry-run-panel";
import { ItemsPanel } from "./items-panel";
import { RunButtons } from "./run-buttons";
import { SubmitReplay } from "./submit-replay";

export const metadata: Metadata = { title: "Replay" };

type PageProps = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export default async function ReplayPage({ params, searchParams }: PageProps) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const view = await orNotFound(readReplay(actor, await params));
  const { run, dryRun } = view;
  const { id, version, state } = run;
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title={run.reason ?? "Messages to send again"}
        crumbs={[{ label: "Replays", href: "/replays" }]}
        meta={
          <span className="flex flex-wrap items-center gap-x-3">
            <RunStateWord state={state} /> {view.sourceName} · asked by{" "}
            {run.requesterName ?? "somebody who is gone"}
            {run.ticket ? ` · ticket ${run.ticket}` : null}
          </span>
        }
        actions={
          <>
            {state === "drafted" && dryRun.unchecked === 0 && dryRun.messages > 0 ? (
              <SubmitReplay id={id} version={version} messages={dryRun.messages} takesTwo={dryRun.takesTwo} />
            ) : null}
            <RunButtons id={id} version={version} state={state} />
          </>
        }
      />
      <div className="flex flex-col gap-6">
        {run.stopCause ? (
          <Callout tone="warning" title="Stopped">
            {stopTexts[run.stopCause]}
          </Callout>
        ) : null}
        <DryRunPanel view={view} time={time} />
        <ItemsPanel view={view} time={time} />
      </div>
    </>
  );
}

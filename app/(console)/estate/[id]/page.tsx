import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";
import { KeyValueList } from "@/components/ui/key-value";
import { Moment } from "@/components/ui/moment";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { can } from "@/lib/core/authz/policy";
import { systemKindTitles } from "@/lib/core/estate/kinds";
import { KNOWN_RELEASES_AS_OF } from "@/lib/core/estate/known-releases";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readSystem, type SystemDetail } from "@/lib/services/estate/read-system";
import { AskButton } from "../../admin/ask-button";
import { orNotFound } from "../../or-not-found";
import { type PageTime, readPageTime } from "../../page-time";
import { remove } from "../actions";
import { SystemStatus } from "../system-table";
import { CertificatePanel } from "./certificate-panel";
import { MaintenancePanel } from "./maintenance-panel";
import { StatementsPanel } from "./statements-panel";
import { WarningList } from "./warning-list";

export const metadata: Metadata = { title: "System" };

type PageProps = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchParams>;
};

/** One system: what is wrong with it, what it is, and what is planned. */
export default async function SystemPage({ params, searchParams }: PageProps) {
  const [actor, time, { id }] = await Promise.all([requireActor(), readPageTime(searchParams), params]);
  const system = await orNotFound(readSystem(actor, { id }));
  const mayWrite = can(actor, "estate.write");
  return (
    <>
      <PageHeader
        title={system.name}
        crumbs={[{ label: "Estate", href: "/estate" }]}
        meta={<SystemStatus system={system} now={time.now} />}
        actions={mayWrite ? <SystemActions system={system} /> : null}
      />
      <div className="flex flex-col gap-6">
        <Panel title="What is known" hint={`Releases as published up to ${KNOWN_RELEASES_AS_OF}.`}>
          <WarningList warnings={system.warnings} />
        </Panel>
        <Panel title="The system">
          <KeyValueList items={itemsOf(system, time)} />
        </Panel>
        <CertificatePanel system={system} time={time} mayWrite={mayWrite} />
        <MaintenancePanel system={system} time={time} mayWrite={mayWrite} />
        <StatementsPanel system={system} time={time} mayWrite={mayWrite} />
      </div>
    </>
  );
}

function SystemActions({ system: { id, name } }: { readonly system: SystemDetail }) {
  return (
    <>
      <LinkButton href={`/estate/${id}/edit`}>Change</LinkButton>
      <AskButton
        act={remove.bind(null, { id })}
        label="Remove"
        busyLabel="Removing…"
        title={`Remove ${name} from the estate`}
      >
        <p>Its certificate is no longer read. What was done with it stays in the audit trail.</p>
      </AskButton>
    </>
  );
}

function itemsOf(system: SystemDetail, { now, zone }: PageTime) {
  const moment = (at: Date) => <Moment at={at} now={now} zone={zone} show="absolute" />;
  const change = system.lastVersionChange;
  return [
    { key: "Kind", value: systemKindTitles[system.kind] },
    { key: "Product", value: system.product ?? "not entered" },
    { key: "Version", value: system.version ?? "not entered" },
    { key: "AE title", value: <span className="font-mono">{system.aeTitle ?? "–"}</span> },
    { key: "Site", value: system.site ?? "not entered" },
    { key: "Department", value: system.department ?? "not entered" },
    { key: "Contact", value: system.contact ?? "not entered" },
    { key: "Read by", value: system.source?.name ?? "no source" },
    { key: "Clock", value: clockText(system.clockSkewMs) },
    {
      key: "Last change of version",
      value: change ? (
        <>
          {change.detail} · {moment(change.at)}
        </>
      ) : (
        "none seen"
      ),
    },
    { key: "Note", value: system.note ?? "–" },
    { key: "Entry changed", value: moment(system.changedAt) },
  ];
}

function clockText(skewMs: number | undefined): string {
  if (skewMs === undefined) return "not measured";
  if (Math.abs(skewMs) < 1_000) return "within a second of ours";
  return `${(Math.abs(skewMs) / 1_000).toFixed(1)} s ${skewMs > 0 ? "ahead of" : "behind"} ours`;
}

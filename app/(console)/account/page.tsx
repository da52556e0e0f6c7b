import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { can } from "@/lib/core/authz/policy";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readPageTime } from "../page-time";
import { FactorsPanel } from "./factors-panel";
import { ToldPanel } from "./notices/told-panel";
import { PasswordForm } from "./password-form";
import { ProviderPanel } from "./provider-panel";
import { SessionsPanel } from "./sessions-panel";

export const metadata: Metadata = { title: "Security" };

/** What guards my account: factors, password, sessions; and how I am told of incidents. */
export default async function AccountPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  return (
    <>
      <PageHeader title="Security" meta={`${actor.name}, ${actor.email}`} />
      <div className="flex flex-col gap-6">
        <FactorsPanel time={time} />
        <Panel title="Password" hint="Changing it ends your other sessions.">
          <PasswordForm />
        </Panel>
        <ProviderPanel />
        {can(actor, "on-call.read") ? <ToldPanel actor={actor} /> : null}
        <SessionsPanel time={time} />
      </div>
    </>
  );
}

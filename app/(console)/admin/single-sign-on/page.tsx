import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { PageHeader } from "@/components/ui/page-header";
import { oidcView } from "@/lib/auth/oidc-view";
import { can } from "@/lib/core/authz/policy";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readEmergencies, readGroupRoles } from "@/lib/services/sso/read-sign-in";
import { readPageTime } from "../../page-time";
import { EmergencyPanel } from "./emergency-panel";
import { GroupPanel } from "./group-panel";
import { ProviderPanel } from "./provider-panel";

export const metadata: Metadata = { title: "Single sign-on" };

/** How people sign in by an identity provider, what its groups stand for, and what is kept for the day it is away. */
export default async function SingleSignOnPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const mayMap = can(actor, "user.write");
  const mayReview = can(actor, "break-glass.review");
  if (!mayMap && !mayReview) notFound();
  const oidc = oidcView();
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title="Single sign-on"
        crumbs={mayMap ? [{ label: "Admin", href: "/admin" }] : []}
        meta={oidc ? `People sign in with ${oidc.name}.` : "People sign in with local accounts."}
      />
      <div className="flex flex-col gap-6">
        {mayReview ? (
          <EmergencyPanel {...(await readEmergencies(actor, {}))} self={actor.id} time={time} />
        ) : null}
        {mayMap ? <GroupPanel {...(await readGroupRoles(actor, {}))} time={time} /> : null}
        {mayMap ? <ProviderPanel oidc={oidc} /> : null}
      </div>
    </>
  );
}

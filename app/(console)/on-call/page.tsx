import type { Metadata } from "next";
import { Callout } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/core/authz/policy";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listPolicies } from "@/lib/services/on-call/list-policies";
import { readOnCall } from "@/lib/services/on-call/read-on-call";
import { readPageTime } from "../page-time";
import { NewTeam } from "./new-team";
import { PolicyPanel } from "./policy-panel";
import { TeamPanel } from "./team-panel";

export const metadata: Metadata = { title: "On call" };

/** Who is on call now, where the next two weeks have gaps, and whom an incident is told step by step. */
export default async function OnCallPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const [{ teams, people }, policies] = await Promise.all([readOnCall(actor, {}), listPolicies(actor, {})]);
  const mayWrite = can(actor, "on-call.write");
  const gaps = teams.filter(({ now }) => now.length === 0).length;
  return (
    <>
      <PageHeader
        title="On call"
        meta={
          gaps === 0
            ? "Who is on call now, and for whom."
            : `${gaps} of ${teams.length} teams have nobody on call now.`
        }
        actions={
          <>
            {can(actor, "notice.read") ? <LinkButton href="/on-call/notices">Notices</LinkButton> : null}
            {mayWrite ? <NewTeam /> : null}
          </>
        }
      />
      <div className="flex flex-col gap-6">
        <Callout tone="notice" title="No incident is opened by itself yet">
          Teams, rotas, policies and channels can be entered and tested. Until incidents are opened, nobody is
          told of one: what is wrong stands on the overview.
        </Callout>
        {teams.length === 0 ? (
          <EmptyState title="No team is entered yet.">
            Without one, incidents are for administrators, by e-mail.
          </EmptyState>
        ) : (
          teams.map((team) => <TeamPanel key={team.id} team={team} people={people} time={time} />)
        )}
        <PolicyPanel policies={policies} teams={teams} people={people} mayWrite={mayWrite} />
      </div>
    </>
  );
}

import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { Callout } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { isDecider } from "@/lib/core/approval/kinds";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listUsers } from "@/lib/services/users/list-users";
import { readPageTime } from "../../page-time";
import { InvitePerson } from "./invite-person";
import { PeopleTable } from "./people-table";

export const metadata: Metadata = { title: "People" };

/** Everybody who can sign in or is invited to. */
export default async function PeoplePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const people = await listUsers(actor, {});
  const deciders = people.filter(
    ({ grants, disabledAt, joinedAt }) => joinedAt && !disabledAt && isDecider("grant-role", grants),
  );
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title="People"
        crumbs={[{ label: "Admin", href: "/admin" }]}
        meta="Who may sign in, with which roles."
        actions={
          <>
            <LinkButton href="/admin/roles">Roles</LinkButton>
            <LinkButton href="/admin/sessions">Sessions</LinkButton>
            <InvitePerson />
          </>
        }
      />
      <div className="flex flex-col gap-6">
        {deciders.length < 2 ? (
          <Callout tone="notice" title="Only one person can approve roles">
            Roles that disclose data of patients take two people. Until there is a second administrator they
            are given at once and recorded as given by one alone.
          </Callout>
        ) : null}
        <PeopleTable people={people} time={time} />
      </div>
    </>
  );
}

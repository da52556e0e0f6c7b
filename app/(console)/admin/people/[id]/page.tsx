import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { PageHeader } from "@/components/ui/page-header";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readPerson } from "@/lib/services/users/read-person";
import { orNotFound } from "../../../or-not-found";
import { readPageTime } from "../../../page-time";
import { PersonState } from "../person-state";
import { AccountPanel } from "./account-panel";
import { RolesPanel } from "./roles-panel";
import { SessionsPanel } from "./sessions-panel";

export const metadata: Metadata = { title: "Person" };

type PageProps = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchParams>;
};

/** One person: roles, and whether they may sign in. */
export default async function PersonPage({ params, searchParams }: PageProps) {
  const [actor, time, { id }] = await Promise.all([requireActor(), readPageTime(searchParams), params]);
  const { person, departments } = await orNotFound(readPerson(actor, { userId: id }));
  const isSelf = actor.id === person.id;
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title={person.name}
        crumbs={[
          { label: "Admin", href: "/admin" },
          { label: "People", href: "/admin/people" },
        ]}
        meta={
          <span className="flex flex-wrap items-center gap-x-3">
            <PersonState disabledAt={person.disabledAt} joinedAt={person.joinedAt} />
            {person.email}
          </span>
        }
      />
      <div className="flex flex-col gap-6">
        {isSelf ? (
          <p className="text-muted">
            This is you. Nobody changes their own rights: another administrator does.
          </p>
        ) : null}
        <RolesPanel person={person} departments={departments} isSelf={isSelf} />
        <AccountPanel person={person} isSelf={isSelf} time={time} />
        <SessionsPanel actor={actor} person={person} time={time} />
      </div>
    </>
  );
}

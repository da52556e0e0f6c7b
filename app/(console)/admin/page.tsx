import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/core/authz/policy";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readPageTime } from "../page-time";
import { BackupPanel } from "./backup-panel";
import { DemoPanel } from "./demo-panel";
import { HealthPanel } from "./health-panel";
import { PeoplePanel } from "./people-panel";
import { RetentionPanel } from "./retention-panel";
import { SignInPanel } from "./sign-in-panel";

export const metadata: Metadata = { title: "Admin" };

/** The product itself, for those who run it. */
export default async function AdminPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  return (
    <>
      <PageHeader title="Admin" meta={`${actor.name}, ${actor.email}`} />
      <div className="flex flex-col gap-6">
        {can(actor, "setting.write") ? <HealthPanel actor={actor} /> : null}
        {can(actor, "backup.write") ? <BackupPanel actor={actor} time={time} /> : null}
        {can(actor, "demo.write") ? <DemoPanel actor={actor} time={time} /> : null}
        {can(actor, "user.write") ? <PeoplePanel actor={actor} /> : null}
        {can(actor, "setting.write") ? <SignInPanel actor={actor} /> : null}
        {can(actor, "retention.read") ? <RetentionPanel /> : null}
      </div>
    </>
  );
}

import type { Metadata } from "next";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { can } from "@/lib/core/authz/policy";
import { choosableKinds } from "@/lib/core/retention/periods";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listHolds } from "@/lib/services/retention/list-holds";
import { type RetentionRow, readRetention } from "@/lib/services/retention/read-retention";
import { readPageTime } from "../../page-time";
import { ChangePeriod } from "./change-period";
import { HoldTable } from "./hold-table";
import { PlaceHold } from "./place-hold";
import { RetentionTable } from "./retention-table";

export const metadata: Metadata = { title: "Retention" };

/** How long everything is kept, what was deleted, and what must not be. */
export default async function RetentionPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time] = await Promise.all([requireActor(), readPageTime(searchParams)]);
  const [rows, holds] = await Promise.all([readRetention(actor, {}), listHolds(actor, {})]);
  const mayHold = can(actor, "legal-hold.write");
  const holding = holds.filter(({ lifted }) => lifted === undefined).length;
  return (
    <>
      <PageHeader
        title="Retention"
        crumbs={[{ label: "Admin", href: "/admin" }]}
        meta={holding === 0 ? "Nothing is on hold." : `${holding} on hold.`}
      />
      <div className="flex flex-col gap-6">
        <Panel
          title="What is kept for how long"
          hint="Days are UTC days. What is older is looked for every hour; each deletion stands in the audit trail."
        >
          <RetentionTable rows={rows} time={time} />
          {can(actor, "setting.write") ? <ChangePeriod periods={periodsOf(rows)} /> : null}
        </Panel>
        <Panel
          title="Legal holds"
          hint="What matches is not deleted. Another person than the one who placed a hold lifts it."
          actions={mayHold ? <PlaceHold /> : null}
          {...(holds.length === 0
            ? { state: { kind: "empty", title: "Nothing was ever put on hold." } as const }
            : {})}
        >
          <HoldTable holds={holds} liftable={mayHold ? { by: actor.id } : undefined} time={time} />
        </Panel>
      </div>
    </>
  );
}

/** The periods that may be changed, as they are now. */
function periodsOf(rows: readonly RetentionRow[]) {
  return choosableKinds.flatMap((kind) => {
    const days = rows.find((row) => row.kind === kind)?.days;
    return days === undefined ? [] : [{ kind, days }];
  });
}

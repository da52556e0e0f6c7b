import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { PanelBody } from "@/components/ui/panel";
import { TabLinks } from "@/components/ui/tab-links";
import { can } from "@/lib/core/authz/policy";
import { deadLetterStates } from "@/lib/core/dead-letter/schema";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { countDeadLetters } from "@/lib/services/dead-letters/count-dead-letters";
import { listDeadLetters } from "@/lib/services/dead-letters/list-dead-letters";
import { readClaimStates } from "@/lib/services/work/list-claims";
import { readPageTime } from "../../page-time";
import { DeadLetterTable } from "./dead-letter-table";
import { anyLetter, letterHref, olderHref, PAGE_SIZE, readLetterQuery, stateTitles } from "./letter-query";
import { ReasonCounts } from "./reason-counts";

export const metadata: Metadata = { title: "Dead letters" };

export default async function DeadLettersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time, params] = await Promise.all([requireActor(), readPageTime(searchParams), searchParams]);
  const query = readLetterQuery(params);
  const [counts, letters] = await Promise.all([
    countDeadLetters(actor, { state: query.state }),
    listDeadLetters(actor, { ...query, limit: PAGE_SIZE }),
  ]);
  const claims = can(actor, "work.claim")
    ? await readClaimStates(actor, { kind: "dead-letter", ids: letters.map(({ id }) => id) })
    : [];
  const claimed = letters.map((letter, i) => ({ ...letter, claim: claims[i] }));
  const tabs = deadLetterStates.map((state) => ({
    key: state,
    label: stateTitles[state],
    href: letterHref({ ...query, state, after: undefined }),
  }));
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title="Dead letters"
        crumbs={[{ label: "Sources", href: "/sources" }]}
        meta="What came from a source and could not be stored. It is kept, encrypted, until a person settles it."
      />
      <TabLinks label="State" tabs={tabs} current={query.state} />
      <div className="flex flex-col gap-6">
        {counts.length > 0 ? <ReasonCounts counts={counts} query={query} time={time} /> : null}
        {query.sourceId || query.reason ? (
          <p className="flex flex-wrap items-center gap-2 text-muted">
            Below only those of one source or reason.
            <LinkButton href={letterHref({ ...query, ...anyLetter })}>Show all</LinkButton>
          </p>
        ) : null}
        <PanelBody
          state={letters.length > 0 ? { kind: "ready" } : { kind: "empty", title: emptyTitles[query.state] }}
        >
          <DeadLetterTable letters={claimed} time={time} mayRetry={can(actor, "dead-letter.retry")} />
          <Pagination
            of="dead letters"
            newerHref={query.after ? letterHref({ ...query, after: undefined }) : undefined}
            olderHref={olderHref(query, letters)}
          />
        </PanelBody>
      </div>
    </>
  );
}

const emptyTitles = {
  open: "No dead letter is open.",
  resolved: "None was resolved.",
  discarded: "None was discarded.",
} as const;

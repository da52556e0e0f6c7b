import type { Metadata } from "next";
import { rejectReasonText } from "@/components/source/reject-reason";
import { Callout } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/core/authz/policy";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { findLetter } from "@/lib/services/dead-letters/find-letter";
import { readClaimStates } from "@/lib/services/work/list-claims";
import { orNotFound } from "../../../or-not-found";
import { readPageTime } from "../../../page-time";
import { LetterButtons } from "../letter-buttons";
import { stateTitles } from "../letter-query";
import { LetterFacts } from "./letter-facts";
import { LetterPanel } from "./letter-panel";

export const metadata: Metadata = { title: "Dead letter" };

type PageProps = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export default async function DeadLetterPage({ params, searchParams }: PageProps) {
  const [actor, time, { id }] = await Promise.all([requireActor(), readPageTime(searchParams), params]);
  const letter = await orNotFound(findLetter(actor, { id }));
  const isOpen = letter.state === "open";
  const [claim] = can(actor, "work.claim")
    ? await readClaimStates(actor, { kind: "dead-letter", ids: [id] })
    : [];
  const { title, help } = rejectReasonText(letter.reason);
  const maySettle = isOpen && can(actor, "dead-letter.retry") && claim?.kind !== "others";
  return (
    <>
      <PageHeader
        title={`Dead letter ${id}`}
        crumbs={[
          { label: "Sources", href: "/sources" },
          { label: "Dead letters", href: "/sources/dead-letters" },
        ]}
        meta={`${stateTitles[letter.state]} · ${letter.sourceName}`}
        actions={maySettle ? <LetterButtons id={id} /> : null}
      />
      <div className="flex flex-col gap-6">
        <Callout tone={isOpen ? "warning" : "unknown"} title={title}>
          {letter.detail ? <p className="break-words">{letter.detail}</p> : null}
          <p>{help}</p>
        </Callout>
        <LetterFacts letter={letter} time={time} />
        {claim ? <LetterPanel id={id} isOpen={isOpen} state={claim} time={time} /> : null}
      </div>
    </>
  );
}

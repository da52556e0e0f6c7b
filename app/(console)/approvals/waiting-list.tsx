import { EmptyState } from "@/components/ui/empty-state";
import { Moment } from "@/components/ui/moment";
import { StatusWord } from "@/components/ui/status-word";
import type { RequestView } from "@/lib/services/approvals/read-inbox";
import type { PageTime } from "../page-time";
import { DecisionButtons } from "./decision-buttons";
import { WithdrawButton } from "./withdraw-button";

type Time = Pick<PageTime, "now" | "zone">;
type WaitingListProps = { readonly requests: readonly RequestView[]; readonly time: Time };

/** Requests that wait, the one that ends first in front, each with what exactly happens on approval. */
export function WaitingList({ requests, time }: WaitingListProps) {
  if (requests.length === 0) {
    return (
      <EmptyState title="Nothing waits for a second person.">
        Requests appear here when somebody asks for what takes two people, such as a role that discloses data
        of patients.
      </EmptyState>
    );
  }
  return (
    <ul className="flex flex-col border-t border-line">
      {requests.map((request) => (
        <li key={request.id} className="border-b border-line py-3">
          <Request request={request} time={time} />
        </li>
      ))}
    </ul>
  );
}

function Request({ request, time }: { readonly request: RequestView; readonly time: Time }) {
  const { now, zone } = time;
  const [what, ...more] = request.sentences;
  return (
    <article className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="min-w-0">
        <h2 className="text-14 font-semibold">{what}</h2>
        <p className="max-w-[75ch]">{more.join(" ")}</p>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 text-12 text-muted">
          {request.isEscalated ? <StatusWord state="warning">Waits too long</StatusWord> : null}
          <span>
            Asked for by {request.isOwn ? "you" : request.requester}{" "}
            <Moment at={request.requestedAt} now={now} zone={zone} show="relative" />
          </span>
          <span>
            Ends undone <Moment at={request.expiresAt} now={now} zone={zone} show="absolute" />
          </span>
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {request.isOwn ? <WithdrawButton id={request.id} /> : null}
        {request.whyNot === undefined ? (
          <>
            {request.asDeputyOf ? <span className="text-muted">For {request.asDeputyOf}</span> : null}
            <DecisionButtons id={request.id} what={what ?? request.title} />
          </>
        ) : (
          <span className="text-muted">{request.whyNot}</span>
        )}
      </div>
    </article>
  );
}

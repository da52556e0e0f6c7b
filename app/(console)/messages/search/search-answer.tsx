import Link from "next/link";
import { identifierTitles, remedyText } from "@/components/message/identifier-text";
import type { Column } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel, PanelBody } from "@/components/ui/panel";
import type { Unknown } from "@/lib/core/message/identifier-coverage";
import type { ActionResult } from "@/lib/http/action";
import type { FoundMessage, SearchResult, UncoveredChannel } from "@/lib/services/messages/search-messages";
import { MessageTable } from "../message-table";

type SearchAnswerProps = {
  readonly answer: ActionResult<SearchResult>;
  readonly zone: string;
  readonly now: Date;
  readonly params: Readonly<Record<string, string>>;
};

/** What was found, leg by leg, and where nothing could be found because the channel does not carry the identifier. */
export function SearchAnswer({ answer, ...view }: SearchAnswerProps) {
  if (!answer.ok) {
    return <PanelBody state={{ kind: "error", title: answer.message, requestId: answer.requestId }} />;
  }
  const { rows, isCut, issuers, uncovered } = answer.result;
  return (
    <div className="flex flex-col gap-6" role="status">
      {rows.length > 0 ? (
        <Panel
          title={`${rows.length}${isCut ? "+" : ""} deliveries`}
          hint={isCut ? "The newest are shown; there are more." : "Each leg of each message, newest first"}
        >
          <MessageTable
            caption="Deliveries that carry this identifier"
            rows={rows}
            more={[foundIn]}
            {...view}
          />
        </Panel>
      ) : (
        <EmptyState title="No delivery that is kept carries this identifier.">
          {issuers.length > 0
            ? `As an MRN it was looked for with the issuer ${issuers.join(", ")}.`
            : "It was not looked for as an MRN, since no issuer is known: an MRN means nothing without one."}
        </EmptyState>
      )}
      {uncovered.length > 0 ? <Uncovered channels={uncovered} /> : null}
    </div>
  );
}

const foundIn: Column<FoundMessage> = {
  key: "found",
  head: "Found as",
  cell: (row) => identifierTitles[row.foundIn === "patient" ? "mrn" : row.foundIn],
};

function Uncovered({ channels }: { readonly channels: readonly UncoveredChannel[] }) {
  return (
    <Panel
      title="Not known for these channels"
      hint="On these channels an identifier could not be found even if it was there"
    >
      <ul className="flex flex-col gap-1">
        {channels.map(({ interfaceId, name, sourceId, unknown }) => (
          <li key={interfaceId}>
            <Link href={`/sources/${sourceId}`} prefetch={false} className="text-link">
              {name}
            </Link>
            <span className="text-muted">: {unknown.map(unknownText).join("; ")}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function unknownText(unknown: Unknown): string {
  return `${identifierTitles[unknown.identifier]}: ${remedyText(unknown)}`;
}

import type { Metadata } from "next";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { PanelBody } from "@/components/ui/panel";
import { can } from "@/lib/core/authz/policy";
import { parseCursor } from "@/lib/core/message/delivery-place";
import { parseMessageFilter } from "@/lib/core/message/message-filter";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { listInterfaceNames } from "@/lib/services/interfaces/list-interface-names";
import { listMessages } from "@/lib/services/messages/list-messages";
import { oneParam } from "../one-param";
import { readPageTime } from "../page-time";
import { SavedViews } from "../saved-views/saved-views";
import { MessageFilters } from "./message-filters";
import { MessageTable } from "./message-table";
import { countText, pageLinks, pageState } from "./page-words";

export const metadata: Metadata = { title: "Messages" };

export default async function MessagesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, time, params] = await Promise.all([requireActor(), readPageTime(searchParams), searchParams]);
  const { filter, ignored } = parseMessageFilter(params);
  const cursor = parseCursor(oneParam(params, "cursor") ?? "");
  const [page, interfaces] = await Promise.all([
    listMessages(actor, { range: time.range, filter, ...(cursor ? { cursor } : {}) }),
    listInterfaceNames(actor, {}),
  ]);
  const note =
    ignored.length > 0 ? ` The address held a value for ${ignored.join(", ")} that cannot be read.` : "";
  return (
    <>
      {cursor ? null : <LiveRefresh />}
      <PageHeader
        title="Messages"
        meta={`One line a delivery: a message on one leg, newest first.${note}`}
        actions={
          <>
            <SavedViews actor={actor} page="/messages" />
            <LinkButton href="/messages/tail">Failures as they come</LinkButton>
            {can(actor, "message.search") ? (
              <LinkButton href="/messages/search">Find by identifier</LinkButton>
            ) : null}
          </>
        }
      />
      <MessageFilters action="/messages" filter={filter} interfaces={interfaces} kept={time.params} />
      <PanelBody state={pageState({ page, time })}>
        <MessageTable
          caption="Deliveries"
          rows={page.rows}
          params={time.params}
          zone={time.zone}
          now={time.now}
        />
      </PanelBody>
      <Pagination of="messages" {...pageLinks({ page, filter, params: time.params })}>
        {countText({ page, time })}
      </Pagination>
    </>
  );
}

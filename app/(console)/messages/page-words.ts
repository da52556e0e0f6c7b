import { formatCount } from "@/components/ui/format-number";
import type { PanelState } from "@/components/ui/panel";
import { hrefOf } from "@/lib/core/href";
import { type PageCursor, printCursor } from "@/lib/core/message/delivery-place";
import { type MessageFilter, printMessageFilter } from "@/lib/core/message/message-filter";
import { retainedFrom, retentionDays } from "@/lib/core/metric/retention";
import { formatMoment } from "@/lib/core/time/format";
import { COUNT_CAP, type MessagePage } from "@/lib/services/messages/list-messages";
import type { PageTime } from "../page-time";

type PageInput = { readonly page: MessagePage; readonly time: PageTime };

/** What is said where no row is, and why. */
export function pageState({ page, time }: PageInput): PanelState {
  if (page.rows.length > 0) return { kind: "ready" };
  const oldest = retainedFrom("deliveries", time.now);
  if (page.range.to <= oldest) {
    return {
      kind: "empty",
      title: `Messages are kept for ${retentionDays.deliveries} days.`,
      why: "Figures and charts reach further back than the messages behind them.",
    };
  }
  if (page.searchedBackTo) {
    return { kind: "empty", title: "Nothing found so far.", why: countText({ page, time }) };
  }
  return {
    kind: "empty",
    title: "No delivery matches in this time range.",
    why: "Widen the time range, or clear a filter.",
  };
}

/** "50 of 10,000+", and how far a search came. */
export function countText({ page, time: { zone, now } }: PageInput): string {
  const { rows, count, searchedBackTo } = page;
  if (searchedBackTo) {
    return `${rows.length} found, searched back to ${formatMoment({ at: searchedBackTo, zone, now })}; “Older” goes on`;
  }
  if (count === undefined) return rows.length === 0 ? "" : `${rows.length} shown`;
  const all = count >= COUNT_CAP ? `${formatCount(COUNT_CAP - 1)}+` : formatCount(count);
  return `${rows.length} of ${all}`;
}

/** Addresses of the pages beside this one. */
export function pageLinks(of: {
  readonly page: Pick<MessagePage, "newer" | "older">;
  readonly filter: MessageFilter;
  readonly params: Readonly<Record<string, string>>;
}) {
  const href = (cursor: PageCursor | undefined) =>
    cursor && hrefOf("/messages", of.params, printMessageFilter(of.filter), { cursor: printCursor(cursor) });
  return { newerHref: href(of.page.newer), olderHref: href(of.page.older) };
}

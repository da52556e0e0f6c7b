import type { PageCursor } from "@/lib/core/message/delivery-place";
import { isIndexed } from "@/lib/core/message/message-filter";
import { searchWindows } from "@/lib/core/message/search-windows";
import type { DeliveryLine } from "@/lib/db/delivery-line";
import { type DeliveryAsk, readDeliveryPage } from "@/lib/db/delivery-page";

/** Rows newest first, nearest to the cursor, and how far was looked when time ran out before there were enough. */
export type Walk = { readonly rows: readonly DeliveryLine[]; readonly stoppedAt: Date | undefined };

type WalkAsk = DeliveryAsk & { readonly cursor: PageCursor | undefined; readonly limit: number };

/**
 * Reads one page. Where an index answers the filter that is one question; otherwise the range is looked through in
 * stretches until the page is full or `BUDGET_MS` is over, so that a rare value never holds the database up.
 */
export async function walkDeliveries(ask: WalkAsk): Promise<Walk> {
  const isOneQuestion = isIndexed(ask.filter) && (ask.legIds !== "all" || ask.filter.outcome === "failed");
  if (isOneQuestion) return { rows: await readDeliveryPage(ask), stoppedAt: undefined };
  const isNewer = ask.cursor?.direction === "newer";
  const startMs = performance.now();
  const nearest: DeliveryLine[] = [];
  for (const range of searchWindows(ask.range, ask.cursor)) {
    const rows = await readDeliveryPage({ ...ask, range, limit: ask.limit - nearest.length });
    nearest.push(...(isNewer ? rows.toReversed() : rows));
    if (nearest.length >= ask.limit) break;
    const isLast = isNewer ? range.to >= ask.range.to : range.from <= ask.range.from;
    if (!isLast && performance.now() - startMs > BUDGET_MS) {
      return { rows: inOrder(nearest, isNewer), stoppedAt: isNewer ? range.to : range.from };
    }
  }
  return { rows: inOrder(nearest, isNewer), stoppedAt: undefined };
}

const BUDGET_MS = 1_200;

function inOrder(nearest: readonly DeliveryLine[], isNewer: boolean): readonly DeliveryLine[] {
  return isNewer ? nearest.toReversed() : nearest;
}

import type { PageCursor } from "@/lib/core/message/delivery-place";
import { searchWindows } from "@/lib/core/message/search-windows";
import type { TimeRange } from "@/lib/core/time/range";

/** Rows newest first, nearest to the cursor, and how far was looked when time ran out before there were enough. */
export type Walk<Row> = { readonly rows: readonly Row[]; readonly stoppedAt: Date | undefined };

export type WalkAsk<Row> = {
  readonly range: TimeRange;
  readonly cursor: PageCursor | undefined;
  readonly limit: number;
  /** Rows of one stretch, newest first, nearest to the cursor, at most `limit`. */
  readonly read: (stretch: { readonly range: TimeRange; readonly limit: number }) => Promise<readonly Row[]>;
};

/**
 * Looks through a range in stretches until the page is full or `BUDGET_MS` is over, so that a rare value never holds the
 * database up.
 */
export async function walkWindows<Row>(ask: WalkAsk<Row>): Promise<Walk<Row>> {
  const isNewer = ask.cursor?.direction === "newer";
  const startMs = performance.now();
  const nearest: Row[] = [];
  const inOrder = () => (isNewer ? nearest.toReversed() : nearest);
  for (const range of searchWindows(ask.range, ask.cursor)) {
    const rows = await ask.read({ range, limit: ask.limit - nearest.length });
    nearest.push(...(isNewer ? rows.toReversed() : rows));
    if (nearest.length >= ask.limit) break;
    const isLast = isNewer ? range.to >= ask.range.to : range.from <= ask.range.from;
    if (!isLast && performance.now() - startMs > BUDGET_MS) {
      return { rows: inOrder(), stoppedAt: isNewer ? range.to : range.from };
    }
  }
  return { rows: inOrder(), stoppedAt: undefined };
}

const BUDGET_MS = 1_200;

import type { PageCursor } from "@/lib/core/message/delivery-place";
import type { Walk } from "./walk-windows";

/** One page of a list sorted newest first, and the cursors of the pages beside it. */
export type KeysetPage<Row> = {
  readonly rows: readonly Row[];
  readonly newer: PageCursor | undefined;
  readonly older: PageCursor | undefined;
  /** Set when the search ran out of time here before the page was full; `older` goes on from it. */
  readonly searchedBackTo: Date | undefined;
};

type PageAsk<Row> = {
  readonly size: number;
  readonly cursor: PageCursor | undefined;
  readonly placeOf: (row: Row) => { readonly at: Date; readonly id: string };
  /** Reads up to `limit` rows beyond a cursor; one more than a page tells whether there is another. */
  readonly walk: (ask: {
    readonly cursor: PageCursor | undefined;
    readonly limit: number;
  }) => Promise<Walk<Row>>;
};

/** Reads one page by keyset: as fast at any depth, and stable while new rows come in. */
export async function readKeysetPage<Row>(ask: PageAsk<Row>): Promise<KeysetPage<Row>> {
  const { size, cursor, placeOf } = ask;
  const from = (row: Row | undefined, direction: PageCursor["direction"]) =>
    row && { direction, ...placeOf(row) };
  const { rows, stoppedAt } = await ask.walk({ cursor, limit: size + 1 });
  if (cursor?.direction !== "newer") {
    const shown = rows.slice(0, size);
    const next = rows.length > size ? from(shown.at(-1), "older") : undefined;
    return {
      rows: shown,
      newer: cursor === undefined ? undefined : from(shown[0], "newer"),
      older: stoppedAt ? { direction: "older", at: stoppedAt, id: LOWEST_ID } : next,
      searchedBackTo: stoppedAt,
    };
  }
  // Fewer newer rows than a page: that is the top, which is shown whole.
  if (rows.length <= size && stoppedAt === undefined) return readKeysetPage({ ...ask, cursor: undefined });
  const shown = rows.slice(-size);
  return {
    rows: shown,
    newer: from(shown[0], "newer"),
    older: from(shown.at(-1), "older"),
    searchedBackTo: undefined,
  };
}

/** Below every id: nothing of that very instant is left out. */
const LOWEST_ID = String(-(2n ** 63n));

import { z } from "zod";
import type { PageCursor } from "@/lib/core/message/delivery-place";
import { isIndexed, type MessageFilter } from "@/lib/core/message/message-filter";
import { snapRange, type TimeRange } from "@/lib/core/time/range";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import type { DeliveryLine } from "@/lib/db/delivery-line";
import { countDeliveries, readLegIds } from "@/lib/db/delivery-page";
import { query } from "@/lib/services/query";
import { cursorSchema, messageFilterSchema } from "./message-input";
import { type MessageRow, nameLegs } from "./name-legs";
import { type Walk, walkDeliveries } from "./walk-deliveries";

export type MessagePage = {
  /** Newest first. */
  readonly rows: readonly MessageRow[];
  /** All rows of the filter, counted up to COUNT_CAP; undefined on later pages and where counting would need a scan. */
  readonly count: number | undefined;
  readonly newer: PageCursor | undefined;
  readonly older: PageCursor | undefined;
  /** Set when the search ran out of time here before the page was full; `older` goes on from it. */
  readonly searchedBackTo: Date | undefined;
  /** What the range became by snapping: the same that charts and totals are asked for. */
  readonly range: TimeRange;
};

export const PAGE_SIZE = 50;
export const COUNT_CAP = 10_001;

/**
 * One page of deliveries, newest first, by keyset: as fast at any depth.
 * @throws AppError forbidden | bad_request
 */
export const listMessages = query({
  permission: "message.read",
  input: z.object({
    range: timeRangeSchema,
    filter: messageFilterSchema.default({}),
    cursor: cursorSchema.optional(),
  }),
  disclosesPhi: false,
  run: async ({ input }): Promise<MessagePage> => {
    const range = snapRange(input.range);
    const filter = given(input.filter);
    const legIds = await readLegIds(filter);
    const ask = { legIds, range, filter, limit: PAGE_SIZE + 1 };
    const [page, count] = await Promise.all([
      readPage(ask, input.cursor),
      input.cursor === undefined && isIndexed(filter) ? countDeliveries(ask, COUNT_CAP) : undefined,
    ]);
    return { ...page, rows: await nameLegs(page.rows), count, range };
  },
});

/** zod writes absent keys as undefined; the filter has no such keys. */
function given(filter: z.output<typeof messageFilterSchema>): MessageFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

type PageAsk = Omit<Parameters<typeof walkDeliveries>[0], "cursor">;
type Page = Pick<MessagePage, "newer" | "older" | "searchedBackTo"> & {
  readonly rows: readonly DeliveryLine[];
};

async function readPage(ask: PageAsk, cursor: PageCursor | undefined): Promise<Page> {
  const walk = await walkDeliveries({ ...ask, cursor });
  if (cursor?.direction !== "newer") return olderPage(walk, cursor !== undefined);
  // Fewer newer rows than a page: that is the top, which is shown whole.
  if (walk.rows.length < ask.limit && walk.stoppedAt === undefined) return readPage(ask, undefined);
  const rows = walk.rows.slice(-PAGE_SIZE);
  return {
    rows,
    newer: from(rows[0], "newer"),
    older: from(rows.at(-1), "older"),
    searchedBackTo: undefined,
  };
}

function olderPage({ rows, stoppedAt }: Walk, hasNewer: boolean): Page {
  const shown = rows.slice(0, PAGE_SIZE);
  const next = rows.length > PAGE_SIZE ? from(shown.at(-1), "older") : undefined;
  return {
    rows: shown,
    newer: hasNewer ? from(shown[0], "newer") : undefined,
    older: stoppedAt ? { direction: "older", at: stoppedAt, id: LOWEST_ID } : next,
    searchedBackTo: stoppedAt,
  };
}

/** Below every id: nothing of that very instant is left out. */
const LOWEST_ID = String(-(2n ** 63n));

function from(row: DeliveryLine | undefined, direction: PageCursor["direction"]): PageCursor | undefined {
  return row && { direction, at: row.receivedAt, id: row.id };
}

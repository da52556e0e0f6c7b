import { z } from "zod";
import type { PageCursor } from "@/lib/core/message/delivery-place";
import { isIndexed, type MessageFilter } from "@/lib/core/message/message-filter";
import { snapRange, type TimeRange } from "@/lib/core/time/range";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import type { DeliveryLine } from "@/lib/db/delivery-line";
import { countDeliveries, type DeliveryAsk, readDeliveryPage, readLegIds } from "@/lib/db/delivery-page";
import { type KeysetPage, readKeysetPage } from "@/lib/services/keyset-page";
import { query } from "@/lib/services/query";
import { walkWindows } from "@/lib/services/walk-windows";
import { cursorSchema, messageFilterSchema } from "./message-input";
import { type MessageRow, nameLegs } from "./name-legs";

export type MessagePage = KeysetPage<MessageRow> & {
  /** All rows of the filter, counted up to COUNT_CAP; undefined on later pages and where counting would need a scan. */
  readonly count: number | undefined;
  /** What the range became by snapping: the same that charts and totals are asked for. */
  readonly range: TimeRange;
};

const PAGE_SIZE = 50;
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
  run: async ({ input, reach }): Promise<MessagePage> => {
    const range = snapRange(input.range);
    const filter = given(input.filter);
    const legIds = await readLegIds(filter, reach);
    const ask = { legIds, range, filter };
    const [page, count] = await Promise.all([
      readKeysetPage({
        size: PAGE_SIZE,
        cursor: input.cursor,
        placeOf: ({ receivedAt, id }: DeliveryLine) => ({ at: receivedAt, id }),
        walk: (at) => walkDeliveries(ask, at),
      }),
      input.cursor === undefined && isIndexed(filter) ? countDeliveries(ask, COUNT_CAP) : undefined,
    ]);
    return { ...page, rows: await nameLegs(page.rows, reach), count, range };
  },
});

/** zod writes absent keys as undefined; the filter has no such keys. */
function given(filter: z.output<typeof messageFilterSchema>): MessageFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/**
 * Where an index answers the filter one question is enough; otherwise the range is looked through in stretches. All
 * legs together are too: each would give a page of its own, of which most are thrown away.
 */
async function walkDeliveries(ask: DeliveryAsk, at: { cursor: PageCursor | undefined; limit: number }) {
  const isOneQuestion = isIndexed(ask.filter) && (ask.legIds !== "all" || ask.filter.outcome === "failed");
  if (isOneQuestion) return { rows: await readDeliveryPage({ ...ask, ...at }), stoppedAt: undefined };
  return walkWindows({
    ...at,
    range: ask.range,
    read: (stretch) => readDeliveryPage({ ...ask, ...stretch, cursor: at.cursor }),
  });
}

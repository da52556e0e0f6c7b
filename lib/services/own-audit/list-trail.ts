import { z } from "zod";
import { leafOutcomes, newestFirst, type TrailFilter, trailSortKeys } from "@/lib/core/audit/trail-filter";
import { auditActions } from "@/lib/core/message/schema";
import type { TimeRange } from "@/lib/core/time/range";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { searchTrail, type TrailRow } from "@/lib/db/audit-search";
import { type KeysetPage, readKeysetPage } from "@/lib/services/keyset-page";
import { cursorSchema } from "@/lib/services/messages/message-input";
import { query } from "@/lib/services/query";
import { walkWindows } from "@/lib/services/walk-windows";

export type { TrailRow } from "@/lib/db/audit-search";
export type TrailPage = KeysetPage<TrailRow>;

const shortText = z.string().max(100);

export const trailFilterSchema = z
  .object({
    person: shortText.optional(),
    action: z.enum(auditActions).optional(),
    entity: shortText.optional(),
    outcome: z.enum(leafOutcomes).optional(),
  })
  .transform(
    (filter): TrailFilter =>
      Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
  );

/**
 * One page of Signalbox's own audit trail by keyset, newest first unless `sort` says otherwise. Whoever reads what others did is noted too (DICOM
 * PS3.15 A.5.3.2, Audit Log Used).
 * @throws AppError forbidden | bad_request
 */
export const listTrail = query({
  permission: "audit.read",
  input: z.object({
    range: timeRangeSchema,
    filter: trailFilterSchema.prefault({}),
    sort: z.object({ key: z.enum(trailSortKeys), direction: z.enum(["asc", "desc"]) }).default(newestFirst),
    cursor: cursorSchema.optional(),
    size: z.int().min(1).max(200).default(50),
  }),
  disclosesPhi: () => ({ action: "R", entityType: "audit-trail", entityId: "search" }),
  run: ({ input: { range, filter, sort, cursor, size } }): Promise<TrailPage> =>
    readKeysetPage({
      size,
      cursor,
      placeOf: ({ at, id }: TrailRow) => ({ at, id }),
      walk: async (page) => {
        const read = (stretch: { readonly range: TimeRange; readonly limit: number }) =>
          searchTrail({ ...stretch, filter, sort, cursor: page.cursor });
        if (sort.key === "at" && sort.direction === "desc") return walkWindows({ range, ...page, read });
        return { rows: await read({ range, limit: page.limit }), stoppedAt: undefined };
      },
    }),
});

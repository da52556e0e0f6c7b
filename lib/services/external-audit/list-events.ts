import { z } from "zod";
import type { AuditFilter } from "@/lib/core/audit/external-event";
import type { TimeRange } from "@/lib/core/time/range";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { type ExternalEvent, readExternalEvents } from "@/lib/db/external-audit-read";
import { type KeysetPage, readKeysetPage } from "@/lib/services/keyset-page";
import { cursorSchema } from "@/lib/services/messages/message-input";
import { query } from "@/lib/services/query";
import { walkWindows } from "@/lib/services/walk-windows";
import { auditFilterSchema } from "./event-input";

export type AuditEventRow = ExternalEvent;
export type AuditPage = KeysetPage<AuditEventRow>;

/** One page of the engines' audit events, newest first, by keyset. @throws AppError forbidden | bad_request */
export const listEvents = query({
  permission: "external-audit.read",
  input: z.object({
    range: timeRangeSchema,
    filter: auditFilterSchema.prefault({}),
    cursor: cursorSchema.optional(),
    size: z.int().min(1).max(1_000).default(50),
  }),
  disclosesPhi: false,
  run: ({ input }): Promise<AuditPage> => readEventPage(input),
});

/** The same for exports, which read one page after the other. */
export function readEventPage(ask: {
  readonly range: TimeRange;
  readonly filter: AuditFilter;
  readonly cursor?: z.output<typeof cursorSchema> | undefined;
  readonly size: number;
}): Promise<AuditPage> {
  const { range, filter } = ask;
  return readKeysetPage({
    size: ask.size,
    cursor: ask.cursor,
    placeOf: ({ at, id }: ExternalEvent) => ({ at, id }),
    walk: ({ cursor, limit }) =>
      walkWindows({
        range,
        cursor,
        limit,
        read: (stretch) => readExternalEvents({ ...stretch, filter, cursor }),
      }),
  });
}

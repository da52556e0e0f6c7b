import { z } from "zod";
import type { PageCursor } from "@/lib/core/message/delivery-place";
import { csvText } from "@/lib/core/report/csv";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { query } from "@/lib/services/query";
import { auditFilterSchema } from "./event-input";
import { type AuditEventRow, readEventPage } from "./list-events";

const PAGE = 1_000;
const MAX_ROWS = 20_000;

const head = [
  "at",
  "source",
  "event_id",
  "event",
  "action",
  "outcome",
  "person_id",
  "person",
  "claimed_address",
  "observed_address",
  "audit_source",
  "object_type",
  "object_id",
  "object",
  "own_polling",
];

/**
 * Audit events as CSV, newest first, at most 20,000; attributes stay out.
 * @throws AppError forbidden | bad_request
 */
export const eventsCsv = query({
  permission: "external-audit.read",
  input: z.object({ range: timeRangeSchema, filter: auditFilterSchema.prefault({}) }),
  disclosesPhi: false,
  run: async ({ input }): Promise<string> => {
    const rows: AuditEventRow[] = [];
    let cursor: PageCursor | undefined;
    do {
      const page = await readEventPage({ ...input, cursor, size: PAGE });
      rows.push(...page.rows);
      cursor = page.older;
    } while (cursor !== undefined && rows.length < MAX_ROWS);
    return csvText(head, rows.slice(0, MAX_ROWS).map(cellsOf));
  },
});

function cellsOf(event: AuditEventRow) {
  return [
    event.at,
    event.source,
    event.engineEventId,
    event.name,
    event.action,
    event.outcome,
    event.actorId,
    event.actorName,
    event.claimedAddress,
    event.observedAddress,
    event.auditSource,
    event.objectType,
    event.objectId,
    event.objectName,
    event.isOwnPolling,
  ];
}

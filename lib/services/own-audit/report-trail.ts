import { z } from "zod";
import { newestFirst, trailSortKeys } from "@/lib/core/audit/trail-filter";
import { type CsvValue, csvLines, csvText } from "@/lib/core/report/csv";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { streamTrail, type TrailRow } from "@/lib/db/audit-search";
import { query } from "@/lib/services/query";
import { trailFilterSchema } from "./list-trail";

export const reportFormats = ["csv", "ndjson"] as const;
type Format = (typeof reportFormats)[number];

/**
 * The lines of a period and a filter as text, part by part, every one of them, newest first unless `sort` says otherwise.
 * Cells that a spreadsheet would compute are escaped. NDJSON ends with a line that counts, so that a file that was cut
 * off is known for it. To be checked without Signalbox, take `signalbox audit export` instead.
 * @throws AppError forbidden | bad_request
 */
export const reportTrail = query({
  permission: "audit.read",
  input: z.object({
    range: timeRangeSchema,
    filter: trailFilterSchema.prefault({}),
    sort: z.object({ key: z.enum(trailSortKeys), direction: z.enum(["asc", "desc"]) }).default(newestFirst),
    format: z.enum(reportFormats),
  }),
  // What was looked for stays out: a search text can be anything.
  disclosesPhi: ({ range, filter, format }) => ({
    action: "R",
    entityType: "audit-trail",
    entityId: "report",
    detail: {
      format,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      filteredBy: Object.keys(filter).sort(),
    },
  }),
  run: async ({ input: { format, ...ask } }): Promise<AsyncIterable<string>> =>
    printed(format, streamTrail(ask)),
});

async function* printed(format: Format, batches: AsyncIterable<readonly TrailRow[]>): AsyncGenerator<string> {
  let count = 0;
  if (format === "csv") yield csvText(head, []);
  for await (const rows of batches) {
    count += rows.length;
    yield format === "csv"
      ? csvLines(rows.map(cellsOf))
      : rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  }
  if (format === "ndjson") yield `${JSON.stringify({ kind: "end", rows: count })}\n`;
}

const head = [
  "number",
  "at",
  "actor_kind",
  "actor_id",
  "actor",
  "action",
  "permission",
  "object_type",
  "object_id",
  "outcome",
  "detail",
  "block",
];

function cellsOf(row: TrailRow): readonly CsvValue[] {
  return [
    row.id,
    row.at,
    row.actorKind,
    row.actorId,
    row.actorName,
    row.action,
    row.permission,
    row.entityType,
    row.entityId,
    row.outcome,
    JSON.stringify(row.detail),
    row.block,
  ];
}

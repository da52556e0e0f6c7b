import { csvFile } from "@/app/(console)/csv-file";
import { currentActor } from "@/lib/auth/current-actor";
import { parseAuditFilter } from "@/lib/core/audit/external-event";
import { throughExportGate } from "@/lib/http/export-gate";
import { route } from "@/lib/http/route";
import { eventsCsv } from "@/lib/services/external-audit/events-csv";

/** The audit events of the page's filter and range, without their attributes. */
export const GET = route(
  throughExportGate(async (request) => {
    const { searchParams } = new URL(request.url);
    const csv = await eventsCsv(await currentActor(), {
      range: { from: searchParams.get("from"), to: searchParams.get("to") },
      filter: parseAuditFilter(Object.fromEntries(searchParams)),
    });
    return csvFile({ name: "audit-events.csv", csv });
  }),
);

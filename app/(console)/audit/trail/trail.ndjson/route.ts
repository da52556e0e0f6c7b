import { currentActor } from "@/lib/auth/current-actor";
import { throughExportGate } from "@/lib/http/export-gate";
import { route } from "@/lib/http/route";
import { reportTrail } from "@/lib/services/own-audit/report-trail";
import { readReportQuery } from "../report-query";
import { streamedFile } from "../streamed-file";

/** The lines of the page's filter, order and range, every one of them. */
export const GET = route(
  throughExportGate(async (request) => {
    const ask = readReportQuery(new URL(request.url).searchParams);
    const parts = await reportTrail(await currentActor(), { ...ask, format: "ndjson" });
    return streamedFile({ name: "audit-trail.ndjson", type: "application/x-ndjson", parts });
  }),
);

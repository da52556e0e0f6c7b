import { csvFile } from "@/app/(console)/csv-file";
import { currentActor } from "@/lib/auth/current-actor";
import { throughExportGate } from "@/lib/http/export-gate";
import { route } from "@/lib/http/route";
import { interfaceCsv } from "@/lib/services/interfaces/interface-csv";

/** Figures of each leg of one interface, a bucket each: the same that its page shows. */
export const GET = route(
  throughExportGate(async (request) => {
    const url = new URL(request.url);
    const [, , id] = url.pathname.split("/");
    const csv = await interfaceCsv(await currentActor(), {
      interfaceId: id,
      range: { from: url.searchParams.get("from"), to: url.searchParams.get("to") },
      zone: url.searchParams.get("zone") ?? "UTC",
    });
    return csvFile({ name: `interface-${id}.csv`, csv });
  }),
);

import { z } from "zod";
import { listSystemRows } from "@/lib/db/estate";
import { listMaintenance } from "@/lib/db/estate-papers";
import { query } from "@/lib/services/query";
import { type SystemView, viewSystems } from "./system-view";

/** Every system of the estate, those that need somebody in front. @throws AppError forbidden */
export const listSystems = query({
  permission: "estate.read",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ now }): Promise<readonly SystemView[]> => {
    const [systems, maintenance] = await Promise.all([listSystemRows(), listMaintenance({ now })]);
    const views = await viewSystems({ systems, maintenance, now });
    return views.toSorted((a, b) => need(a) - need(b));
  },
});

const order = ["critical", "warning", "notice"] as const;

function need({ warnings: [worst] }: SystemView): number {
  return worst === undefined ? order.length : order.indexOf(worst.severity);
}

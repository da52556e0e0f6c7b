import { z } from "zod";
import { snapRange } from "@/lib/core/time/range";
import { readLegDirectory, readLegsWithin } from "@/lib/db/leg-directory";
import { type LegTotals, readLegTotals as readTotals } from "@/lib/db/leg-totals";
import { query } from "@/lib/services/query";
import { legScopeSchema, rangeSchema } from "./metric-input";

/**
 * Outcomes and p50/p95/p99 of each leg over a range, snapped outwards to what rollups can answer (snapRange). Legs
 * without a message are there with zeros and null percentiles.
 * @throws AppError forbidden | bad_request
 */
export const readLegTotals = query({
  permission: "interface.read",
  input: z.object({ legs: legScopeSchema, range: rangeSchema }),
  disclosesPhi: false,
  run: async ({ input, reach }): Promise<readonly LegTotals[]> => {
    const legIds =
      input.legs === "all"
        ? (await readLegDirectory("all", reach)).map(({ legId }) => legId)
        : await readLegsWithin(input.legs, reach);
    return readTotals({ legIds, range: snapRange(input.range) });
  },
});

import { z } from "zod";
import { snapRange } from "@/lib/core/time/range";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { type ReasonCount, readReasonCounts } from "@/lib/db/failure-reasons";
import { readLegsWithin } from "@/lib/db/leg-directory";
import { query } from "@/lib/services/query";

/** How often one leg failed for one reason, and between when; reason null = the source gave none. */
export type LegReason = ReasonCount;

/** Why deliveries of some legs failed in a range, most frequent first. @throws AppError forbidden | bad_request */
export const readReasons = query({
  permission: "interface.read",
  input: z.object({ legIds: z.array(z.int()).min(1).max(500), range: timeRangeSchema }),
  disclosesPhi: false,
  run: async ({ input, reach }): Promise<readonly LegReason[]> =>
    readReasonCounts({
      legIds: await readLegsWithin(input.legIds, reach),
      range: snapRange(input.range),
    }),
});

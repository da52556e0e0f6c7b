import { z } from "zod";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { type ChangeRecord, readChanges } from "@/lib/db/changes-read";
import { query } from "@/lib/services/query";

const LIMIT = 200;

/** What changed at an interface and its source in a range, newest first. @throws AppError forbidden | bad_request */
export const listChanges = query({
  permission: "interface.read",
  input: z.object({ interfaceId: z.int(), range: timeRangeSchema }),
  disclosesPhi: false,
  run: ({ input }): Promise<readonly ChangeRecord[]> => readChanges({ ...input, limit: LIMIT }),
});

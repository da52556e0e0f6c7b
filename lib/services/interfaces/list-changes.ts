import { z } from "zod";
import { timeRangeSchema } from "@/lib/core/time/range-schema";
import { type ChangeRecord, readChanges } from "@/lib/db/changes-read";
import { query } from "@/lib/services/query";

/** Something that happened at a source or to one of its interfaces. */
export type InterfaceChange = ChangeRecord;

const LIMIT = 200;

/** What changed at an interface and its source in a range, newest first. @throws AppError forbidden | bad_request */
export const listChanges = query({
  permission: "interface.read",
  input: z.object({ interfaceId: z.int(), range: timeRangeSchema }),
  disclosesPhi: false,
  run: ({ input, reach }): Promise<readonly InterfaceChange[]> =>
    readChanges({ ...input, limit: LIMIT, reach }),
});

import { sourceIdSchema } from "@/lib/core/source/schema";
import { type Losses, readLosses } from "@/lib/db/source-losses";
import { query } from "@/lib/services/query";

const DAY_MS = 24 * 3_600_000;

/** What a source's port for datagrams lost within the last day; undefined where it has none. Input: { id }. @throws AppError forbidden | bad_request */
export const readSourceLosses = query({
  permission: "source.read",
  input: sourceIdSchema,
  disclosesPhi: false,
  run: ({ input: { id }, now }): Promise<Losses | undefined> =>
    readLosses({ sourceId: id, from: new Date(now.getTime() - DAY_MS), to: now }),
});

import { AppError } from "@/lib/core/errors";
import { tickSchema } from "@/lib/core/replay/schema";
import { tickItem } from "@/lib/db/replay-items";
import { command } from "@/lib/services/command";
import { scrubReason } from "@/lib/services/disclosure/scrub-reason";
import { requireRun } from "./locked-run";

/**
 * Takes one message into a draft although something speaks against it, for a reason; an empty reason leaves it out again.
 * What is refused stays refused. Input: { id, version, position, reason }.
 * @throws AppError forbidden | bad_request | not_found | conflict once it is submitted
 */
export const tickReplayItem = command({
  permission: "replay.request",
  input: tickSchema,
  run: async ({ tx, input: { id, position, reason }, reach }) => {
    const run = await requireRun(tx, { id, reach });
    if (run.state !== "drafted") throw new AppError("conflict", "What is sent again is settled already.");
    const kept = reason === "" ? "" : scrubReason(reason);
    if (!(await tickItem(tx, { replayId: id, position, reason: kept }))) {
      throw new AppError("not_found", "There is no such message in this replay.");
    }
    return { reason: kept };
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "replay",
    entityId: input.id,
    detail: { ticked: input.position, reason: result.reason },
  }),
});

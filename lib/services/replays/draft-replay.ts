import { AppError } from "@/lib/core/errors";
import { parsePlace } from "@/lib/core/message/delivery-place";
import { draftReplaySchema } from "@/lib/core/replay/schema";
import { readCandidates } from "@/lib/db/replay-candidates";
import { insertReplayItems } from "@/lib/db/replay-items";
import { insertReplay } from "@/lib/db/replays";
import { command } from "@/lib/services/command";

/**
 * Freezes which messages a replay is about; nothing is sent yet. What is not within reach is left out. Asked for twice with
 * one id it is there once. Input: { id, places }, each place as printPlace writes it.
 * @throws AppError forbidden | bad_request | not_found where none of them is there
 */
export const draftReplay = command({
  permission: "replay.request",
  input: draftReplaySchema,
  run: async ({ tx, actor, input: { id, places }, reach, now }) => {
    if (actor.kind !== "user") throw new AppError("forbidden", "Only people ask for this.");
    const asked = [...new Set(places)].flatMap((text) => parsePlace(text) ?? []);
    const items = await readCandidates({ places: asked, exceptRun: id, reach });
    const [first] = items;
    if (first === undefined) throw new AppError("not_found", "There are no such messages.");
    const { sourceId } = first;
    if (items.some((one) => one.sourceId !== sourceId)) {
      throw new AppError("bad_request", "Messages of one source at a time are sent again.");
    }
    if (await insertReplay(tx, { id, sourceId, requestedBy: actor.id, requestedAt: now })) {
      await insertReplayItems(tx, { replayId: id, items });
    }
    return { id, sourceId, messages: items.length };
  },
  audit: ({ result: { id, sourceId, messages } }) => ({
    action: "C",
    entityType: "replay",
    entityId: id,
    detail: { source: sourceId, messages },
  }),
});

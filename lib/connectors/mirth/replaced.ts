import { calls } from "./calls";
import { objectOf } from "./event-object";
import { type ChannelProgress, type MessageCursor, withChannel } from "./message-cursor";
import { optionalBody } from "./optional-body";
import { eventElements, eventOf } from "./read-events";
import { joined, type Recheck } from "./rechecks";
import type { Sweep } from "./sweep";
import { type EngineEvent, eventSchema } from "./wire";
import { parseXml } from "./xml";

/**
 * Finds messages that were processed again in place. Nothing about such a message is new but its rows, so the only trace is
 * an audit event, written before the work begins: their ids are read again soon and once more later. Reading events leaves
 * no events.
 */
export async function lookForReplaced(sweep: Sweep, cursor: MessageCursor): Promise<MessageCursor> {
  const nowMs = sweep.io.now().getTime();
  const { reprocess } = cursor;
  if (reprocess === undefined) return startFromNewest(sweep, cursor, nowMs);
  if (nowMs - reprocess.checkedAtMs < EVERY_MS) return cursor;
  const call = calls.reprocessEvents({ from: reprocess.seenEventId + 1, limit: EVENTS_AT_ONCE });
  // Without the right to read events nothing is found; messages are read all the same.
  const body = (await optionalBody(sweep.engine, call)) ?? "<list/>";
  const events = eventElements(parseXml(body)).flatMap((element) => {
    const parsed = eventSchema.safeParse(eventOf(element));
    return parsed.success ? [parsed.data] : [];
  });
  const seenEventId = Math.max(reprocess.seenEventId, ...events.map(({ id }) => id));
  const noted = events.reduce((state, event) => noteReplaced(state, { event, nowMs }), cursor);
  return { ...noted, reprocess: { seenEventId, checkedAtMs: nowMs } };
}

const EVERY_MS = 60_000;
const EVENTS_AT_ONCE = 200;
const BULK_IDS = 100_000;

/** What was replaced before the first connection is read as it stands. */
async function startFromNewest(sweep: Sweep, cursor: MessageCursor, nowMs: number): Promise<MessageCursor> {
  const body = (await optionalBody(sweep.engine, calls.maxEventId())) ?? "0";
  const newest = Number(body.trim());
  const seenEventId = Number.isSafeInteger(newest) ? newest : 0;
  return { ...cursor, reprocess: { seenEventId, checkedAtMs: nowMs } };
}

function noteReplaced(
  cursor: MessageCursor,
  seen: { readonly event: EngineEvent; readonly nowMs: number },
): MessageCursor {
  const { event, nowMs } = seen;
  const channelId = channelIdOf(event);
  const progress = channelId === undefined ? undefined : cursor.channels[channelId];
  if (channelId === undefined || progress === undefined || event.attributes["replace"] !== "true")
    return cursor;
  const range = rangeOf(event, progress);
  // A little earlier: the event is written first, and engine and database may differ by a moment.
  const at = { ...range, why: "replaced" as const, replacedSinceMs: event.atMs - 1_000 };
  const rechecks: readonly Recheck[] = [
    ...progress.rechecks,
    { ...at, dueMs: nowMs },
    { ...at, dueMs: nowMs + EVERY_MS },
  ];
  return withChannel(cursor, { channelId, progress: { ...progress, rechecks: joined(rechecks) } });
}

/** One message, or where a search was processed again the newest ids: which of them it was, the rows tell. */
function rangeOf({ attributes }: EngineEvent, { top }: ChannelProgress) {
  const messageId = Number(attributes["messageId"] || Number.NaN);
  if (Number.isSafeInteger(messageId)) return { from: messageId, to: messageId };
  return { from: Math.max(1, top - BULK_IDS + 1), to: top };
}

function channelIdOf({ attributes }: EngineEvent): string | undefined {
  const { objectType, objectId } = objectOf(attributes);
  if (objectType === "message") return objectId?.split("/")[0];
  return objectType === "channel" ? objectId : undefined;
}

import { calls } from "./calls";
import { noteHighestId, noteSums } from "./channel-progress";
import { type ChannelProgress, type MessageCursor, withChannel } from "./message-cursor";
import { channelSumsOf } from "./read-status";
import { type Sweep, troubleOf } from "./sweep";
import { type ChannelSums, channelSumsSchema } from "./wire";
import { parseXml } from "./xml";

/**
 * Finds out which channels have new messages, by calls that leave no audit events: one for the counters of all channels,
 * and one for the highest id of each channel whose counters moved. Channels that are gone are forgotten.
 */
export async function lookAround(sweep: Sweep, cursor: MessageCursor): Promise<MessageCursor> {
  const { body = "<list/>", askedAtMs } = await sweep.engine.get(calls.statistics());
  const seen = channelSumsOf(parseXml(body)).flatMap((raw) => {
    const parsed = channelSumsSchema.safeParse(raw);
    return parsed.success ? [parsed.data] : [];
  });
  // An engine that is starting lists nothing: that is no reason to forget.
  if (seen.length === 0) return cursor;
  const known = seen.flatMap(({ channelId }) => {
    const progress = cursor.channels[channelId];
    return progress === undefined ? [] : [[channelId, progress] as const];
  });
  let next: MessageCursor = { ...cursor, channels: Object.fromEntries(known) };
  for (const sums of seen) next = await lookAtChannel(sweep, { cursor: next, sums, nowMs: askedAtMs });
  return next;
}

async function lookAtChannel(
  sweep: Sweep,
  ask: { readonly cursor: MessageCursor; readonly sums: ChannelSums; readonly nowMs: number },
): Promise<MessageCursor> {
  const { cursor, sums } = ask;
  const { channelId } = sums;
  const known = cursor.channels[channelId];
  const { progress, isDue } = noteSums(known, ask);
  const highest = isDue ? await highestId(sweep, channelId) : undefined;
  if (highest === undefined) {
    // Asked for again next time, as a channel never seen, once the engine can tell.
    return known === undefined && isDue ? cursor : withChannel(cursor, { channelId, progress });
  }
  const looked: ChannelProgress = noteHighestId(progress, { highest, isFirst: known === undefined });
  return withChannel(cursor, { channelId, progress: looked });
}

/** Undefined where the engine cannot tell: a channel that was never deployed has no tables, and the call fails with 500. */
async function highestId(sweep: Sweep, channelId: string): Promise<number | undefined> {
  try {
    const { body } = await sweep.engine.get(calls.maxMessageId({ channelId }));
    const highest = body === undefined ? Number.NaN : Number(parseXml(body).text);
    return Number.isSafeInteger(highest) ? highest : undefined;
  } catch (error) {
    const kind = troubleOf(error);
    if (kind !== "engine_error" && kind !== "not_found") throw error;
    return undefined;
  }
}

import type { Page, Stream } from "../connector";
import { openEngine } from "./client";
import type { MirthConfig } from "./config";
import { lookAround } from "./look-around";
import { backlogOf, completeBackTo, type MessageCursor, messageCursorOf } from "./message-cursor";
import { nextTask } from "./message-tasks";
import { pause } from "./pace";
import { ownPage, type WirePage } from "./pages";
import { lookForReplaced } from "./replaced";
import { runTask } from "./run-task";
import { depthMs, type Sweep } from "./sweep";

/**
 * Messages of all channels by windows of ids, without content. New ones first, then those that were not final, then back
 * from the first connection, newest first over all channels. Only windows leave audit events at the engine.
 */
export const messagesStream: Stream<MirthConfig> = {
  name: "messages",
  everyMs: 15_000,
  async *poll(config, io, rawCursor) {
    const sweep: Sweep = { config, io, engine: openEngine(config, io) };
    const start = { nowMs: io.now().getTime(), backfillDays: config.backfillDays };
    let cursor = await lookAround(sweep, messageCursorOf(rawCursor, start));
    cursor = await lookForReplaced(sweep, cursor);
    const endAt = performance.now() + POLL_MS;
    const rechecked = new Map<string, number>();
    while (performance.now() < endAt) {
      const task = nextTask({ sweep, cursor, rechecked });
      if (task === undefined) break;
      if (task.kind === "again") rechecked.set(task.channelId, (rechecked.get(task.channelId) ?? 0) + 1);
      const done = await runTask(sweep, cursor, task);
      cursor = done.cursor;
      yield pageOf(sweep, { wire: done.wire, cursor, channelIds: [task.channelId] });
      if (done.error !== undefined) throw done.error;
      // Reading back is never urgent: the engine rests a fifth of the time.
      if (task.kind === "backfill") await pause(done.tookMs / 4, io.signal);
    }
    const channelIds = Object.keys(cursor.channels);
    yield pageOf(sweep, { wire: ownPage({ kind: "nothing" }), cursor, channelIds });
  },
};

/** A poll ends after this time with what is left for the next. */
const POLL_MS = 10_000;

function pageOf(
  sweep: Sweep,
  of: { readonly wire: WirePage; readonly cursor: MessageCursor; readonly channelIds: readonly string[] },
): Page {
  const { wire, cursor, channelIds } = of;
  const complete = channelIds.flatMap((channelId) => {
    const progress = cursor.channels[channelId];
    const at = progress && completeBackTo(progress, depthMs(sweep, cursor));
    return at === undefined ? [] : [[channelId, at] as const];
  });
  return { wire, cursor, backlog: backlogOf(cursor), completeBackTo: Object.fromEntries(complete) };
}

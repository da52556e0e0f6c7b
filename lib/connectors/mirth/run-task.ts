import { calls } from "./calls";
import { afterRecheck, afterWindow, WINDOW_IDS } from "./channel-progress";
import { type ChannelProgress, type MessageCursor, withChannel } from "./message-cursor";
import type { Task } from "./message-tasks";
import { SLOW_CALL_MS } from "./pace";
import { ownPage, type RowPick, type WirePage } from "./pages";
import { messageElements, messageOf } from "./read-messages";
import { readWindow } from "./read-window";
import type { Recheck } from "./rechecks";
import { depthMs, type Sweep, troubleOf } from "./sweep";
import { messageSchema } from "./wire";
import { parseXml } from "./xml";

export type TaskDone = {
  readonly wire: WirePage;
  readonly cursor: MessageCursor;
  readonly tookMs: number;
  /** To be thrown once the cursor, with a narrower window, is persisted. */
  readonly error?: unknown;
};

/** Reads the window of a task and moves the cursor past it. Where the engine fails on a window, a smaller one is tried. */
export async function runTask(sweep: Sweep, cursor: MessageCursor, task: Task): Promise<TaskDone> {
  const progress = cursor.channels[task.channelId];
  if (progress === undefined) return { wire: ownPage({ kind: "nothing" }), cursor, tookMs: 0 };
  try {
    return await readTask(sweep, { cursor, task, progress });
  } catch (error) {
    return afterTrouble(sweep, { cursor, task, progress, error });
  }
}

type Running = {
  readonly cursor: MessageCursor;
  readonly task: Task;
  readonly progress: ChannelProgress;
};

async function readTask(sweep: Sweep, { cursor, task, progress }: Running): Promise<TaskDone> {
  const { channelId, window } = task;
  const picks = task.kind === "again" ? task.served.map(pickOf) : undefined;
  const taken = withChannel(cursor, { channelId, progress: withoutTask(progress, task) });
  const read = await readWindow(sweep, { cursor: taken, channelId, window, ...(picks && { picks }) });
  const known = read.cursor.channels[channelId] ?? progress;
  const paced = { ...known, width: widthAfter(known.width, read.tookMs) };
  const nowMs = sweep.io.now().getTime();
  const { messages } = read;
  const isEmptyBelow = task.kind === "backfill" && messages.length === 0 && window.from > 1;
  const nextId = isEmptyBelow ? await nextExistingId(sweep, { channelId, to: window.from - 1 }) : undefined;
  const after = picks
    ? afterRecheck(paced, { messages, picks, nowMs })
    : afterWindow(paced, {
        window,
        messages,
        nowMs,
        depthMs: depthMs(sweep, cursor),
        ...(nextId === undefined ? {} : { nextId }),
      });
  const next = withChannel(read.cursor, { channelId, progress: after });
  return { wire: read.page, cursor: next, tookMs: read.tookMs };
}

/** The highest id at or below this one, 0 for none: ids that were pruned long ago are not worth a call a window. */
async function nextExistingId(
  sweep: Sweep,
  ask: { readonly channelId: string; readonly to: number },
): Promise<number> {
  const { body = "<list/>" } = await sweep.engine.get(calls.newestMessage(ask));
  const [newest] = messageElements(parseXml(body));
  const parsed = messageSchema.safeParse(newest && messageOf(newest));
  return parsed.success ? parsed.data.messageId : 0;
}

/** The engine fails on a window (an exception, no end, too much): a quarter of it may do, down to one id. */
async function afterTrouble(sweep: Sweep, failed: Running & { readonly error: unknown }): Promise<TaskDone> {
  const { cursor, task, progress, error } = failed;
  const { channelId } = task;
  const kind = troubleOf(error);
  if (kind !== "timeout" && kind !== "engine_error" && kind !== "too_large") throw error;
  const wire = ownPage({ kind: "nothing" } as const);
  if (task.window.to > task.window.from || kind === "timeout") {
    const narrower = { ...progress, width: Math.max(1, Math.floor(progress.width / 4)) };
    const next = withChannel(cursor, { channelId, progress: narrower });
    return { wire, cursor: next, tookMs: 0, ...(kind === "timeout" ? { error } : {}) };
  }
  // An engine whose database is away fails on everything, and then no id is to blame.
  await sweep.engine.get(calls.maxMessageId({ channelId }));
  sweep.io.log("The engine cannot show one of its messages; it is asked for again in an hour.", { kind });
  const later: Recheck = { ...task.window, why: "gap", dueMs: sweep.io.now().getTime() + 3_600_000 };
  const passed = passedBy(progress, task);
  const next = { ...passed, width: WINDOW_IDS, rechecks: [...passed.rechecks, later] };
  return { wire, cursor: withChannel(cursor, { channelId, progress: next }), tookMs: 0 };
}

/** Leaves a window alone. */
function passedBy(progress: ChannelProgress, task: Task): ChannelProgress {
  if (task.kind === "again") return withoutTask(progress, task);
  const unread = progress.unread.flatMap((hole) => {
    if (hole.to !== task.window.to) return [hole];
    return task.window.from <= hole.from ? [] : [{ ...hole, to: task.window.from - 1 }];
  });
  return { ...progress, unread };
}

function withoutTask(progress: ChannelProgress, task: Task): ChannelProgress {
  return task.kind === "again" ? { ...progress, rechecks: task.rest } : progress;
}

function pickOf({ from, to, legs, replacedSinceMs }: Recheck): RowPick {
  return {
    from,
    to,
    ...(legs === undefined ? {} : { legs }),
    ...(replacedSinceMs === undefined ? {} : { replacedSinceMs }),
  };
}

/** Half the window after a slow call, double again after one that was quick by far. */
function widthAfter(width: number, tookMs: number): number {
  if (tookMs > SLOW_CALL_MS) return Math.max(SMALL_WINDOW_IDS, Math.floor(width / 2));
  return tookMs > SLOW_CALL_MS / 4 ? width : Math.min(WINDOW_IDS, width * 2);
}

const SMALL_WINDOW_IDS = 50;

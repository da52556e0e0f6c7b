import { nextWindow } from "./channel-progress";
import type { MessageCursor } from "./message-cursor";
import { type DueWindow, dueWindow, type IdRange } from "./rechecks";
import { explainBudget, type Sweep } from "./sweep";

/** One window to read: of new ids, of ids to read back, or of ids to read again. */
export type Task = { readonly channelId: string; readonly window: IdRange } & (
  | { readonly kind: "new" | "backfill" }
  | ({ readonly kind: "again" } & Pick<DueWindow, "served" | "rest">)
);

type Choice = {
  readonly sweep: Sweep;
  readonly cursor: MessageCursor;
  /** Windows read again in this poll, by channel. */
  readonly rechecked: ReadonlyMap<string, number>;
};

/** What to read next; undefined when nothing is left for this poll. */
export function nextTask(choice: Choice): Task | undefined {
  return newTask(choice) ?? againTask(choice) ?? backfillTask(choice);
}

/** Windows that one poll reads again, of one channel and in all. */
const RECHECKS_A_CHANNEL = 2;
const RECHECKS_A_POLL = 20;

function newTask({ cursor }: Choice): Task | undefined {
  for (const [channelId, progress] of Object.entries(cursor.channels)) {
    const window = nextWindow(progress, false);
    if (window !== undefined) return { kind: "new", channelId, window };
  }
  return undefined;
}

function againTask({ sweep, cursor, rechecked }: Choice): Task | undefined {
  const total = [...rechecked.values()].reduce((sum, count) => sum + count, 0);
  if (total >= RECHECKS_A_POLL) return undefined;
  const nowMs = sweep.io.now().getTime();
  const canExplain = explainBudget(sweep, cursor) > 0;
  for (const [channelId, { rechecks, width }] of Object.entries(cursor.channels)) {
    if ((rechecked.get(channelId) ?? 0) >= RECHECKS_A_CHANNEL) continue;
    const due = dueWindow(rechecks, { nowMs, width, canExplain });
    if (due !== undefined) return { kind: "again", channelId, ...due };
  }
  return undefined;
}

/** Of the channel whose reading has come least far back in time. */
function backfillTask({ cursor }: Choice): Task | undefined {
  const open = Object.entries(cursor.channels).flatMap(([channelId, progress]) => {
    const window = nextWindow(progress, true);
    if (window === undefined) return [];
    const reachedMs = progress.unread.find(({ isBackfill }) => isBackfill)?.aboveMs;
    return [{ channelId, window, reachedMs: reachedMs ?? Number.MAX_SAFE_INTEGER }];
  });
  const [newest] = open.sort((a, b) => b.reachedMs - a.reachedMs);
  return newest && { kind: "backfill", channelId: newest.channelId, window: newest.window };
}

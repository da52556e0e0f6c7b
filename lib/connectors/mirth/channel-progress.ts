import type { ChannelProgress, Unread } from "./message-cursor";
import type { RowPick } from "./pages";
import { pickedRows } from "./picked-rows";
import { type IdRange, joined, type Recheck } from "./rechecks";
import type { ChannelSums, Message } from "./wire";

/** Ids a window holds at most: the engine runs one query a message, so its work is bounded by it. */
export const WINDOW_IDS = 500;

/** The first window of a channel: how quick the engine is, is not known yet. */
const FIRST_WINDOW_IDS = 250;

/** A channel whose counters rest is asked for its highest id only so often. */
const CHECK_AFTER_MS = 60_000;

/** Takes over counters. `isDue`: the channel may have new messages, so its highest id is to be asked for. */
export function noteSums(
  known: ChannelProgress | undefined,
  ask: { readonly sums: ChannelSums; readonly nowMs: number },
): { readonly progress: ChannelProgress; readonly isDue: boolean } {
  const { received, sent, error, filtered, queued } = ask.sums;
  const sums = [received, sent, error, filtered, queued].join("/");
  if (known === undefined) {
    const width = FIRST_WINDOW_IDS;
    const progress = { top: 0, unread: [], rechecks: [], sums, queued, checkedAtMs: ask.nowMs, width };
    return { progress, isDue: true };
  }
  const isDue = known.sums !== sums || ask.nowMs - known.checkedAtMs >= CHECK_AFTER_MS;
  // A queue that shrinks is being sent: whatever waited in it may be final now.
  const rechecks =
    queued < known.queued
      ? known.rechecks.map((one) =>
          one.why === "open" ? { ...one, dueMs: Math.min(one.dueMs, ask.nowMs) } : one,
        )
      : known.rechecks;
  const checkedAtMs = isDue ? ask.nowMs : known.checkedAtMs;
  return { progress: { ...known, rechecks, sums, queued, checkedAtMs }, isDue };
}

/**
 * Takes over a channel's highest id. Lower than before: messages were removed, ids go on above. Growing while lower: the
 * channel was made anew or its database restored, and ids began again from 1.
 */
export function noteHighestId(
  progress: ChannelProgress,
  ask: { readonly highest: number; readonly isFirst: boolean },
): ChannelProgress {
  const { highest, isFirst } = ask;
  const { lowTop, ...known } = progress;
  if (highest > progress.top) {
    const hole: Unread = { from: progress.top + 1, to: highest, isBackfill: isFirst };
    return { ...known, top: highest, unread: [...progress.unread, hole] };
  }
  if (highest === progress.top || highest === 0) return known;
  if (lowTop === undefined || highest <= lowTop) return { ...known, lowTop: highest };
  const again: Unread = { from: 1, to: highest, isBackfill: false };
  return { ...known, top: highest, unread: [again], rechecks: [] };
}

/** The next window of unread ids: the highest hole of the wanted sort, from its top. */
export function nextWindow(progress: ChannelProgress, isBackfill: boolean): IdRange | undefined {
  const holes = progress.unread.filter((hole) => hole.isBackfill === isBackfill);
  const hole = holes.reduce<Unread | undefined>(
    (top, one) => (!top || one.to > top.to ? one : top),
    undefined,
  );
  return hole && { from: Math.max(hole.from, hole.to - progress.width + 1), to: hole.to };
}

/** Takes over what a window of unread ids held. `nextId`: where the window was empty, the next id below that exists. */
export function afterWindow(
  progress: ChannelProgress,
  read: {
    readonly window: IdRange;
    readonly messages: readonly Message[];
    readonly nowMs: number;
    readonly depthMs: number;
    readonly nextId?: number;
  },
): ChannelProgress {
  const { window, messages, nowMs, depthMs, nextId } = read;
  const oldestMs = Math.min(...messages.map(({ receivedAtMs }) => receivedAtMs));
  const unread = progress.unread.flatMap((hole) => {
    if (hole.to !== window.to || hole.from > window.from) return [hole];
    const to = Math.min(window.from - 1, nextId ?? Number.POSITIVE_INFINITY);
    // Everything below was received before: deeper than is read.
    if (to < hole.from || (hole.isBackfill && oldestMs < depthMs)) return [];
    return [{ ...hole, to, ...(Number.isFinite(oldestMs) ? { aboveMs: oldestMs } : {}) }];
  });
  const isForward = progress.unread.some((hole) => hole.to === window.to && !hole.isBackfill);
  const gaps = isForward ? missingIds(window, messages, nowMs) : [];
  return {
    ...progress,
    unread,
    rechecks: joined([...progress.rechecks, ...gaps, ...openRows(messages, nowMs)]),
  };
}

/** Takes over what a window that was read again held; its rechecks are taken out already. */
export function afterRecheck(
  progress: ChannelProgress,
  read: {
    readonly messages: readonly Message[];
    readonly picks: readonly RowPick[];
    readonly nowMs: number;
  },
): ChannelProgress {
  const mine = read.messages.flatMap((message) => {
    const rows = pickedRows(message, read.picks);
    return rows.length === 0 ? [] : [{ ...message, rows: [...rows] }];
  });
  return { ...progress, rechecks: joined([...progress.rechecks, ...openRows(mine, read.nowMs)]) };
}

/** Rows that are not final, to be read again: soon while they are young, at last every five minutes. */
export function openRows(messages: readonly Message[], nowMs: number): readonly Recheck[] {
  return messages.flatMap((message): readonly Recheck[] => {
    const ageMs = Math.max(0, nowMs - message.receivedAtMs);
    const dueMs = nowMs + Math.min(Math.max(Math.round(ageMs / 4), 10_000), 300_000);
    const at = { from: message.messageId, to: message.messageId, why: "open" as const, dueMs };
    const isInWork = message.rows.some(({ status }) => status === "RECEIVED" || status === "PENDING");
    // Rows of later destinations may not exist yet.
    if (isInWork || !message.processed) return [at];
    const legs = message.rows.filter(({ status }) => status === "QUEUED").map((row) => row.metaDataId);
    return legs.length === 0 ? [] : [{ ...at, legs }];
  });
}

/** An id is given out before its message is written, so one missing among the newest may still come. */
function missingIds(window: IdRange, messages: readonly Message[], nowMs: number): readonly Recheck[] {
  const present = new Set(messages.map(({ messageId }) => messageId));
  const missing: Recheck[] = [];
  for (let id = window.from; id <= window.to; id += 1) {
    if (!present.has(id)) missing.push({ from: id, to: id, why: "gap", dueMs: nowMs + GAP_AFTER_MS });
  }
  return missing;
}

const GAP_AFTER_MS = 30_000;

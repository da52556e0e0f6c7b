import { z } from "zod";
import { recheckSchema } from "./rechecks";

/** Ids not read yet, read from the top down. `aboveMs` is the receive time of the lowest id read above it. */
const unreadSchema = z.object({
  from: z.int(),
  to: z.int(),
  aboveMs: z.int().optional(),
  /** From before the first connection, or older than what was caught up with: read last, and only so far back. */
  isBackfill: z.boolean(),
});
export type Unread = z.infer<typeof unreadSchema>;

const channelProgressSchema = z.object({
  /** Highest id known. */
  top: z.int(),
  unread: z.array(unreadSchema).readonly(),
  rechecks: z.array(recheckSchema).readonly(),
  /** The channel's counters when last seen: unchanged counters mean that no message came. */
  sums: z.string(),
  queued: z.int(),
  checkedAtMs: z.int(),
  /** Ids a window holds; narrowed while the engine is slow or fails on one. */
  width: z.int(),
  /** Highest id seen while it was below `top`: growth below the top means that ids began anew. */
  lowTop: z.int().optional(),
});
export type ChannelProgress = z.infer<typeof channelProgressSchema>;

const messageCursorSchema = z.object({
  observedSeq: z.int(),
  /** Messages received before this are not read. */
  depthMs: z.int(),
  channels: z.record(z.string(), channelProgressSchema),
  reprocess: z.object({ seenEventId: z.int(), checkedAtMs: z.int() }).optional(),
  explained: z.object({ minute: z.int(), count: z.int() }),
});
export type MessageCursor = z.infer<typeof messageCursorSchema>;

/** The persisted cursor, or a new one for a source that was never read, or whose cursor another release wrote. */
export function messageCursorOf(
  raw: unknown,
  start: { readonly nowMs: number; readonly backfillDays: number },
): MessageCursor {
  const parsed = messageCursorSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  return {
    observedSeq: 0,
    depthMs: start.nowMs - start.backfillDays * 86_400_000,
    channels: {},
    explained: { minute: 0, count: 0 },
  };
}

/** Puts one channel's progress in. */
export function withChannel(
  cursor: MessageCursor,
  change: { readonly channelId: string; readonly progress: ChannelProgress },
): MessageCursor {
  return { ...cursor, channels: { ...cursor.channels, [change.channelId]: change.progress } };
}

/** How many ids are known and unread. Gaps count as messages: nobody can tell before reading. */
export function backlogOf(cursor: MessageCursor): number {
  const holes = Object.values(cursor.channels).flatMap(({ unread }) => unread);
  return holes.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

/**
 * The instant from which on all of a channel has been read; undefined while it is not known yet. Nothing unread: as far
 * back as is ever read.
 */
export function completeBackTo({ unread }: ChannelProgress, depthMs: number): Date | undefined {
  const highest = unread.reduce<Unread | undefined>(
    (top, hole) => (top === undefined || hole.to > top.to ? hole : top),
    undefined,
  );
  if (highest === undefined) return new Date(depthMs);
  return highest.aboveMs === undefined ? undefined : new Date(highest.aboveMs);
}

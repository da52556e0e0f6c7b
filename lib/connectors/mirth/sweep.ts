import { AppError } from "@/lib/core/errors";
import type { PollIo } from "../connector";
import type { EngineClient } from "./client";
import type { MirthConfig } from "./config";
import type { MessageCursor } from "./message-cursor";

/** What one poll of messages works with. */
export type Sweep = {
  readonly config: MirthConfig;
  readonly io: PollIo;
  readonly engine: EngineClient;
};

/** The cause that the client gave an error, if it is one of the client's. */
export function troubleOf(error: unknown): string | undefined {
  if (!(error instanceof AppError)) return undefined;
  const { kind } = error.info;
  return typeof kind === "string" ? kind : undefined;
}

/** Messages received before this instant are not read: older than what is kept, or than the settings ask for. */
export function depthMs({ io }: Sweep, cursor: MessageCursor): number {
  return Math.max(cursor.depthMs, io.retainFrom.getTime());
}

/** Messages whose error text may still be read in this minute. */
export function explainBudget({ config, io }: Sweep, { explained }: MessageCursor): number {
  const isSameMinute = explained.minute === minuteOf(io);
  return Math.max(0, config.errorTextsPerMinute - (isSameMinute ? explained.count : 0));
}

/** Counts messages whose error text was read. */
export function withExplained(sweep: Sweep, cursor: MessageCursor, count: number): MessageCursor {
  const minute = minuteOf(sweep.io);
  const before = cursor.explained.minute === minute ? cursor.explained.count : 0;
  return { ...cursor, explained: { minute, count: before + count } };
}

function minuteOf({ now }: PollIo): number {
  return Math.floor(now().getTime() / 60_000);
}

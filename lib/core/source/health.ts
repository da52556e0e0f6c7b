/** What the collector last noted of one stream, and how often it is to be read. */
export type StreamFacts = {
  readonly circuit: string;
  readonly failures: number;
  readonly lastSuccessAt: Date | undefined;
  /** Undefined for a stream that this release does not know. */
  readonly everyMs: number | undefined;
  /** A port that is kept open, and not something that is read. */
  readonly isPort?: boolean;
};

/** How an open port is noted: as a stream of this name, again and again in this time. */
export const listenStream = { name: "listen", everyMs: 20_000 } as const;

/** How a source or one of its streams fares, in the order of how much it needs a person. */
export type ReadingState =
  | "not-answering"
  | "not-listening"
  | "failing"
  | "late"
  | "nothing-yet"
  | "reading"
  | "listening"
  | "paused"
  | "by-itself";

/** How a source fares: as its worst stream; `by-itself` when Signalbox neither reads it nor listens for it. */
export function readingState(source: {
  readonly isPaused: boolean;
  readonly isPolled: boolean;
  readonly streams: readonly StreamFacts[];
  readonly now: Date;
}): ReadingState {
  if (source.isPaused) return "paused";
  if (!source.isPolled) return "by-itself";
  const states = source.streams.map((stream) => streamState(stream, source.now));
  return worstFirst.find((state) => states.includes(state)) ?? "nothing-yet";
}

/**
 * How one stream fares. Its circuit opens after a few failures in a row; late = nobody has tried for several turns. A port
 * that cannot be opened listens to nobody at the first failure.
 */
export function streamState(stream: StreamFacts, now: Date): ReadingState {
  if (stream.isPort && stream.failures > 0) return "not-listening";
  if (stream.circuit !== "closed") return "not-answering";
  if (stream.failures > 0) return "failing";
  if (stream.lastSuccessAt === undefined) return "nothing-yet";
  const allowedMs = (stream.everyMs ?? Number.POSITIVE_INFINITY) * TURNS + SLACK_MS;
  if (now.getTime() - stream.lastSuccessAt.getTime() > allowedMs) return "late";
  return stream.isPort ? "listening" : "reading";
}

const TURNS = 5;
const SLACK_MS = 60_000;

const worstFirst = [
  "not-answering",
  "not-listening",
  "failing",
  "late",
  "nothing-yet",
  "reading",
  "listening",
] as const;

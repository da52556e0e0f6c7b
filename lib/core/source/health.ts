/** What the pollers last noted of one stream, and how often it is to be read. */
export type StreamFacts = {
  readonly circuit: string;
  readonly failures: number;
  readonly lastSuccessAt: Date | undefined;
  /** Undefined for a stream that this release does not know. */
  readonly everyMs: number | undefined;
};

/** How a source or one of its streams fares, in the order of how much it needs a person. */
export type ReadingState =
  | "not-answering"
  | "failing"
  | "late"
  | "nothing-yet"
  | "reading"
  | "paused"
  | "by-itself";

/** How a source fares: as its worst stream; `by-itself` when it is never polled. */
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

/** How one stream fares. Its circuit opens after a few failures in a row; late = nobody has tried for several turns. */
export function streamState(stream: StreamFacts, now: Date): ReadingState {
  if (stream.circuit !== "closed") return "not-answering";
  if (stream.failures > 0) return "failing";
  if (stream.lastSuccessAt === undefined) return "nothing-yet";
  const allowedMs = (stream.everyMs ?? Number.POSITIVE_INFINITY) * TURNS + SLACK_MS;
  return now.getTime() - stream.lastSuccessAt.getTime() > allowedMs ? "late" : "reading";
}

const TURNS = 5;
const SLACK_MS = 60_000;

const worstFirst = ["not-answering", "failing", "late", "nothing-yet", "reading"] as const;

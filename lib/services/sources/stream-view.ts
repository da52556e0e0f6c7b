import type { Connector } from "@/lib/connectors/connector";
import { listenStream, type ReadingState, streamState } from "@/lib/core/source/health";
import type { SourceRow, StreamHealth } from "@/lib/db/sources";

/** One stream of a source as people see it. */
export type StreamView = StreamHealth & {
  readonly everyMs: number | undefined;
  /** A port that is kept open, and not something that is read. */
  readonly isPort: boolean;
  readonly state: ReadingState;
};

/** The streams of one source: those that were read, or opened, at least once. */
export function streamsOf(of: {
  readonly connector: Connector<unknown> | undefined;
  readonly source: Pick<SourceRow, "id" | "pausedAt">;
  readonly streams: readonly StreamHealth[];
  readonly now: Date;
}): readonly StreamView[] {
  return of.streams
    .filter(({ sourceId }) => sourceId === of.source.id)
    .map((stream) => {
      const isPort = of.connector?.listen !== undefined && stream.stream === listenStream.name;
      const read = of.connector?.streams?.find(({ name }) => name === stream.stream);
      const everyMs = isPort ? listenStream.everyMs : read?.everyMs;
      const state = of.source.pausedAt ? "paused" : streamState({ ...stream, everyMs, isPort }, of.now);
      return { ...stream, everyMs, isPort, state };
    });
}

/** Whether a collector keeps a source: by reading it, or with a port that is open for it. */
export function isKept(connector: Connector<unknown> | undefined): boolean {
  return connector?.streams !== undefined || connector?.listen !== undefined;
}

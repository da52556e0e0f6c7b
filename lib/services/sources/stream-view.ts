import type { Connector } from "@/lib/connectors/connector";
import { type ReadingState, streamState } from "@/lib/core/source/health";
import type { SourceRow, StreamHealth } from "@/lib/db/sources";

/** One stream of a source as people see it. */
export type StreamView = StreamHealth & {
  readonly everyMs: number | undefined;
  readonly state: ReadingState;
};

/** The streams of one source: those that were read at least once. */
export function streamsOf(of: {
  readonly connector: Connector<unknown> | undefined;
  readonly source: Pick<SourceRow, "id" | "pausedAt">;
  readonly streams: readonly StreamHealth[];
  readonly now: Date;
}): readonly StreamView[] {
  return of.streams
    .filter(({ sourceId }) => sourceId === of.source.id)
    .map((stream) => {
      const everyMs = of.connector?.streams?.find(({ name }) => name === stream.stream)?.everyMs;
      const state = of.source.pausedAt ? "paused" : streamState({ ...stream, everyMs }, of.now);
      return { ...stream, everyMs, state };
    });
}
